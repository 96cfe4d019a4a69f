/**
 * The passes of the planner, one class each, in this order, after OTP's systools_rc:
 *
 * <ol>
 *   <li>{@code Differences}: what comes, goes, changes; {@code Rewiring}: what moves along
 *   <li>{@code Choosing}: which instructions for each application; {@code Ways} finds them, by a {@code Route} of one or more appups, whose
 *       low-level instructions {@code Lifting} understands and whose hops {@code Chain} reduces to one
 *   <li>{@code Cross}: what applications do to each other; {@code Needs}: who restarts because of another one; {@code Libraries}
 *   <li>{@code Dependencies} and {@code Order}: who comes first, by {@code depends} and by calls, in a {@code Graph}
 *   <li>{@code Restart}: restarts of the container
 *   <li>{@code Assembly}: the script; {@code Gates} are those that close
 *   <li>{@code Notes} and {@code Rows}: the plan
 * </ol>
 *
 * <p>What can be checked in one file is checked when that is read, see {@code internal.check}: the split at the point of no return, and pairs.
 */
@NullMarked
package io.theseus.relup.internal.plan;

import org.jspecify.annotations.NullMarked;
