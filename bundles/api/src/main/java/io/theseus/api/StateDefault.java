// SPDX-License-Identifier: Apache-2.0
package io.theseus.api;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * The value of a record component that the predecessor's state did not have. Without it, an added component makes the
 * handover refused.
 *
 * <pre>{@code record Account(String id, long balance, @StateDefault("EUR") String currency) {}}</pre>
 */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface StateDefault {
    /**
     * The value as text: for String itself, primitives and their boxes by {@code valueOf}, enums by name, BigDecimal,
     * BigInteger and java.time types by their parser; the empty text for an empty List, Set, Map or Optional.
     */
    String value();
}
