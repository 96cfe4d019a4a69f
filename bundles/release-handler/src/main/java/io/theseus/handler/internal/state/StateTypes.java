// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal.state;

import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Compares the state types of two versions of a component, before any state is taken. */
public final class StateTypes {
    private StateTypes() {}

    /**
     * Decides how the state of a component becomes that of its successor.
     *
     * @param where the component with both versions, for messages
     * @param allowLoss record components that may be lost
     * @throws RefusedException {@code state-not-convertible}: everything that stands in the way
     */
    public static Converter compare(Class<?> from, Class<?> to, String where, Set<String> allowLoss) {
        List<Problem> problems = new ArrayList<>();
        Handing handing = new Handing(where, allowLoss, problems);
        Optional<Type> old = StateType.of(from);
        Optional<Type> successor = StateType.of(to);
        if (old.isEmpty() || successor.isEmpty()) {
            String which = (old.isEmpty() ? from : to).getName();
            handing.refuse(which + " implements CodeChange without saying of what", "write CodeChange<TheState>");
            throw new RefusedException(problems);
        }
        Conversion conversion = new Pairing(handing).pair(old.get(), successor.get(), "the state");
        if (!problems.isEmpty()) {
            throw new RefusedException(problems);
        }
        return new Converter(StateType.raw(successor.get()).orElse(Object.class), conversion, where);
    }
}
