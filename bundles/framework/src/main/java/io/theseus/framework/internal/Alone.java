// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import io.theseus.port.Nodes;
import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import java.util.List;
import org.osgi.framework.BundleContext;
import org.osgi.service.component.annotations.Activate;
import org.osgi.service.component.annotations.Component;

/** A container that is alone: it has always met everybody, and knows nobody else. Thread safety: safe for use by many threads. */
@Component(service = Nodes.class)
public final class Alone implements Nodes {
    private final String name;

    @Activate
    public Alone(BundleContext context) {
        name = new Framework(context).property("karaf.name").orElse("root");
    }

    @Override
    public List<Problem> problems(List<String> nodes) {
        return nodes.stream()
                .filter(node -> !node.equals(name))
                .map(node -> Problem.of("no-such-node", node, "is not known: this container, " + name + ", is alone")
                        .withHint("leave it out, or sync_nodes as a whole"))
                .toList();
    }

    @Override
    public void meet(String id, List<String> nodes) {
        List<Problem> problems = problems(nodes);
        if (!problems.isEmpty()) {
            throw new RefusedException(problems);
        }
    }
}
