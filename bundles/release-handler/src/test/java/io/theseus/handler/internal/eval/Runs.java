// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.eval;

import io.theseus.handler.internal.Deciding;
import io.theseus.handler.internal.Ports;
import io.theseus.port.Belongings;
import io.theseus.port.CodeServer;
import io.theseus.port.Components;
import io.theseus.port.Configurations;
import io.theseus.port.Nodes;
import io.theseus.port.Restart;
import io.theseus.port.Snapshot;
import io.theseus.port.Snapshot.Installed;
import io.theseus.port.Switchboard;
import io.theseus.port.Switchboard.Waits;
import io.theseus.release.BundleSpec;
import io.theseus.release.InstallOptions;
import io.theseus.release.Progress;
import io.theseus.release.Release;
import io.theseus.release.ReleaseId;
import io.theseus.relup.Instruction;
import io.theseus.relup.Script;
import java.lang.reflect.Proxy;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import org.osgi.framework.Version;

/** Runs of scripts over applications from 1.0.0 (bundle ids from 0) to 2.0.0 (ids from 100). */
final class Runs {
    /** Calls of every port, but of {@code components}. */
    final List<String> calls = new ArrayList<>();

    private final List<String> applications;

    Runs(String... applications) {
        this.applications = List.of(applications);
    }

    Run of(Components components, Instruction... after) {
        List<Script.Step> steps = new ArrayList<>();
        steps.add(new Script.Step(new Instruction.PointOfNoReturn(), "test"));
        for (Instruction each : after) {
            steps.add(new Script.Step(each, "test"));
        }
        Course course = new Course(
                release("1.0.0"),
                release("2.0.0"),
                new Script(steps),
                new Snapshot(
                        IntStream.range(0, applications.size())
                                .mapToObj(this::installed)
                                .toList(),
                        Map.of()),
                Map.of(),
                InstallOptions.DEFAULT,
                Optional.empty(),
                () -> calls.add("commit"),
                () -> calls.add("restore"));
        Operation operation = new Operation(
                (kind, data, force) -> {},
                Clock.systemUTC(),
                new Operation.Asked(
                        1, "install", course.from().id(), course.to().id(), new Asker("me", ""), Progress.SILENT));
        Ports ports = new Ports(
                stub(CodeServer.class),
                stub(Switchboard.class),
                stub(Belongings.class),
                components,
                stub(Configurations.class),
                stub(Restart.class),
                stub(Nodes.class),
                Optional.empty());
        Run run = new Run(ports, course, operation, deciding());
        for (int i = 0; i < applications.size(); i++) {
            run.after.put(applications.get(i), 100L + i);
        }
        return run;
    }

    Deciding deciding() {
        return stub(Deciding.class);
    }

    /** Notes that it was called, and answers what says that all is well. */
    <T> T stub(Class<T> port) {
        return port.cast(Proxy.newProxyInstance(
                port.getClassLoader(), new Class<?>[] {port}, (proxy, method, arguments) -> {
                    calls.add(method.getName());
                    if (arguments != null && arguments[0] instanceof Callable<?> task) {
                        return task.call();
                    }
                    Class<?> type = method.getReturnType();
                    if (type == Set.class) {
                        return arguments[arguments.length - 1];
                    }
                    if (type == Waits.class) {
                        return new Waits(0, 0, 0, 0);
                    }
                    return type == String.class ? method.getName() : type == List.class ? List.of() : null;
                }));
    }

    private Installed installed(int number) {
        return new Installed(
                number,
                applications.get(number),
                Version.valueOf("1.0.0"),
                "mvn:" + number,
                true,
                true,
                80,
                false,
                Set.of(),
                true,
                false);
    }

    private Release release(String version) {
        return new Release(
                ReleaseId.parse("shop/" + version),
                applications.stream()
                        .map(name -> new BundleSpec(
                                name, Version.valueOf(version), "mvn:" + name, "00", 80, BundleSpec.Role.APPLICATION))
                        .toList());
    }
}
