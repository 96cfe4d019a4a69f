// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.service;

import java.lang.StackWalker.Option;
import java.lang.StackWalker.StackFrame;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.osgi.framework.Bundle;
import org.osgi.framework.FrameworkUtil;

/** The application whose code runs on the calling thread, nearest to what it calls. Thread safety: safe for use by many threads. */
public final class CallingCode implements Supplier<Optional<String>> {
    private static final StackWalker WALKER = StackWalker.getInstance(Option.RETAIN_CLASS_REFERENCE);

    private final ApplicationBundles bundles;

    public CallingCode(ApplicationBundles bundles) {
        this.bundles = bundles;
    }

    @Override
    public Optional<String> get() {
        return WALKER.walk(frames -> frames.map(StackFrame::getDeclaringClass)
                .flatMap(type -> Stream.ofNullable(FrameworkUtil.getBundle(type)))
                .filter(bundles::contains)
                .map(Bundle::getSymbolicName)
                .findFirst());
    }
}
