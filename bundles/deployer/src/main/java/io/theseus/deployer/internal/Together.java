// SPDX-License-Identifier: Apache-2.0
package io.theseus.deployer.internal;

import io.theseus.deployer.internal.Answer.State;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Several changes as one, so that there is one install and one bake. If that is refused, it is tried again in parts: what the problems
 * name apart from the rest, else in halves. So one bad file does not hold up the others, and gets the answer that is its own.
 */
final class Together {
    private Together() {}

    /** Whether to go on in parts: the answer to all of several is that they are refused. */
    static boolean splits(List<Wanted> group, Answer answer) {
        return group.size() > 1 && answer.state() == State.REFUSED;
    }

    /** The parts of a group that was refused, in the order in which to try them; each smaller than the group. */
    static List<List<Wanted>> parts(List<Wanted> group, Answer refused) {
        List<Wanted> named = new ArrayList<>();
        List<Wanted> others = new ArrayList<>();
        group.forEach(wanted -> (names(refused.text(), wanted.application()) ? named : others).add(wanted));
        if (named.isEmpty() || others.isEmpty()) {
            int half = group.size() / 2;
            return List.of(group.subList(0, half), group.subList(half, group.size()));
        }
        return List.of(others, named);
    }

    // As a bundle "shop.ledger 2.0.0", as a component "shop.ledger.Accounts", as a file "shop.ledger-2.0.0.jar".
    private static boolean names(String text, String application) {
        return Pattern.compile("(?<![A-Za-z0-9._-])" + Pattern.quote(application) + "(?![A-Za-z0-9_])")
                .matcher(text)
                .find();
    }
}
