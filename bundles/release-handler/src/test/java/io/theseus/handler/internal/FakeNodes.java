// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import io.theseus.port.Nodes;
import io.theseus.release.Problem;
import java.util.List;

/** Knows nobody but {@code root}. */
final class FakeNodes implements Nodes {
    private final Log log;

    FakeNodes(Log log) {
        this.log = log;
    }

    @Override
    public List<Problem> problems(List<String> nodes) {
        return nodes.stream()
                .filter(node -> !node.equals("root"))
                .map(node -> Problem.of("no-such-node", node, "is not known"))
                .toList();
    }

    @Override
    public void meet(String id, List<String> nodes) {
        log.call("meet " + id + " " + nodes);
    }
}
