// SPDX-License-Identifier: Apache-2.0
package sample.app;

import java.util.ArrayList;
import java.util.Hashtable;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;
import org.osgi.util.tracker.ServiceTracker;
import sample.api.Link;

/** Registers a {@link Link} that goes on to the application named in header Next. */
public final class LinkActivator implements BundleActivator, Link {
    private String version = "";
    private ServiceTracker<Link, Link> next;
    private CompletableFuture<List<String>> promised = new CompletableFuture<>();

    @Override
    public void start(BundleContext context) throws Exception {
        version = context.getBundle().getVersion().toString();
        String following = context.getBundle().getHeaders("").get("Next");
        if (following != null) {
            next = new ServiceTracker<>(
                    context,
                    context.createFilter("(&(objectClass=" + Link.class.getName() + ")(name=" + following + "))"),
                    null);
            next.open();
        }
        Hashtable<String, Object> properties = new Hashtable<>();
        properties.put("name", context.getBundle().getSymbolicName());
        properties.put("version", version);
        if (!"true".equals(context.getBundle().getHeaders("").get("Silent"))) {
            context.registerService(Link.class, this, properties);
        }
    }

    @Override
    public void stop(BundleContext context) {
        if (next != null) {
            next.close();
        }
    }

    @Override
    public List<String> walk() {
        List<String> versions = new ArrayList<>();
        versions.add(version);
        if (next != null) {
            versions.addAll(next.getService().walk());
        }
        return versions;
    }

    @Override
    public List<String> walkApart(Runnable before) {
        before.run();
        return CompletableFuture.supplyAsync(this::walk).join();
    }

    @Override
    public CompletableFuture<List<String>> later() {
        return promised;
    }

    @Override
    public <T> T inside(Supplier<T> work) {
        return work.get();
    }
}
