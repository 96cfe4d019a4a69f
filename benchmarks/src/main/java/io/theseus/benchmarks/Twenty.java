// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.lang.invoke.MethodHandles;
import java.util.Objects;
import java.util.function.UnaryOperator;

/** Twenty applications that offer one service, each with a class of its own: no caller knows what it will meet. */
final class Twenty {
    private static final int APPLICATIONS = 20;

    private Twenty() {}

    /** @param front what stands before each */
    static Price[] fronted(UnaryOperator<Price> front) {
        Price[] all = new Price[APPLICATIONS];
        for (int i = 0; i < APPLICATIONS; i++) {
            all[i] = front.apply(another());
        }
        return all;
    }

    /** One of a class of its own. */
    static Price another() {
        try (InputStream file = Tariff.class.getResourceAsStream("Twenty$Tariff.class")) {
            byte[] code = Objects.requireNonNull(file).readAllBytes();
            return (Price) MethodHandles.lookup()
                    .defineHiddenClass(code, true)
                    .lookupClass()
                    .getDeclaredConstructor()
                    .newInstance();
        } catch (IOException | ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Defined anew for each of them. */
    static final class Tariff implements Price {
        @Override
        public long of(long item) {
            return item * 3;
        }
    }
}
