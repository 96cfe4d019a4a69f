// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup;

import io.theseus.release.Plan;
import java.util.Optional;

/**
 * A plan for people and the script behind it.
 *
 * @param script empty when the plan has problems
 */
public record Planned(Plan plan, Optional<Script> script) {}
