// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import io.theseus.handler.internal.eval.Asker;
import java.security.AccessController;
import java.security.Principal;
import java.util.Comparator;
import java.util.Optional;
import java.util.function.Supplier;
import javax.security.auth.Subject;

/** Who asks, and why: the JAAS user of the calling thread, {@code -} when there is none. */
final class Caller implements Supplier<Asker> {
    // Karaf's class is not imported: Theseus also runs where its JAAS bundles are not installed.
    private static final String USER = "org.apache.karaf.jaas.boot.principal.UserPrincipal";

    private final String reason;

    /** @param reason empty when nothing was said */
    Caller(String reason) {
        this.reason = reason;
    }

    @Override
    public Asker get() {
        return new Asker(user(), reason);
    }

    @SuppressWarnings("removal") // Subject.current() came with Java 18
    private static String user() {
        return Optional.ofNullable(Subject.getSubject(AccessController.getContext()))
                .flatMap(subject -> subject.getPrincipals().stream()
                        .filter(p -> !p.getClass().getSimpleName().contains("Role")
                                && !p.getClass().getSimpleName().contains("Group"))
                        .min(Comparator.comparing(
                                (Principal p) -> !p.getClass().getName().equals(USER)))
                        .map(Principal::getName))
                .orElse("-");
    }
}
