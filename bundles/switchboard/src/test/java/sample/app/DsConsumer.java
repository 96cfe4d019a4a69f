// SPDX-License-Identifier: Apache-2.0
package sample.app;

import java.util.List;
import java.util.function.Supplier;
import sample.api.Link;

/** A component that can not live without a link. */
public final class DsConsumer implements Supplier<List<String>> {
    private Link link;

    public void bind(Link bound) {
        link = bound;
    }

    @Override
    public List<String> get() {
        return link.walk();
    }
}
