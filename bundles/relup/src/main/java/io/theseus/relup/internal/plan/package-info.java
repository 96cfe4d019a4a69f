/**
 * The passes of the planner, one class each, in this order: {@code Differences} (what comes, goes, changes), {@code Order} (dependencies
 * first), {@code Choosing} (which instructions for each application), {@code Cross} (what applications do to each other),
 * {@code Libraries}, {@code Assembly} (the script), {@code Consistency}, {@code Notes} and {@code Rows}.
 */
@NullMarked
package io.theseus.relup.internal.plan;

import org.jspecify.annotations.NullMarked;
