// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import io.theseus.port.Restart;
import io.theseus.release.Problem;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.osgi.framework.Bundle;
import org.osgi.framework.BundleContext;
import org.osgi.framework.BundleException;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Restarts Karaf as its own {@code system:shutdown --restart} does: the framework stops, then Karaf's launcher looks at two system properties. With
 * both it exits with 10, and {@code bin/karaf} starts a new JVM; where no script would do that, it starts a new framework in this one.
 */
@Component(service = Restart.class)
public final class FrameworkRestart implements Restart {
    private static final Logger LOG = LoggerFactory.getLogger(FrameworkRestart.class);
    /** The launcher sets it to false when it starts, so it is there if there is a launcher that looks at it. */
    private static final String RESTART = "karaf.restart";

    private static final String NEW_JVM = "karaf.restart.jvm";
    private static final String SCRIPT = "karaf.restart.jvm.supported";
    private final BundleContext context;
    private final Executor soon;

    @Activate
    public FrameworkRestart(BundleContext context) {
        // Whoever asked has a second to read the answer.
        this(context, CompletableFuture.delayedExecutor(1, TimeUnit.SECONDS));
    }

    FrameworkRestart(BundleContext context, Executor soon) {
        this.context = context.getBundle(0).getBundleContext();
        this.soon = soon;
    }

    @Override
    public List<Problem> problems() {
        return System.getProperty(RESTART) != null
                ? List.of()
                : List.of(Problem.of(
                                "no-restart",
                                "",
                                "this container was not started by Karaf and can not start itself again")
                        .withHint("start it with bin/karaf"));
    }

    @Override
    public void restart() {
        if (context.getBundle(0).getState() == Bundle.STOPPING) {
            return; // Somebody ends the container, and decides whether it starts again.
        }
        System.setProperty(RESTART, "true");
        System.setProperty(NEW_JVM, String.valueOf(Boolean.getBoolean(SCRIPT)));
        soon.execute(this::stop);
    }

    private void stop() {
        try {
            context.getBundle(0).stop();
        } catch (BundleException e) {
            LOG.error("the container can not be stopped: {}", e.getMessage());
        }
    }
}
