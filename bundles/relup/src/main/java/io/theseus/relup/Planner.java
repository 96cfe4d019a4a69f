// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup;

import io.theseus.relup.internal.plan.Passes;

/**
 * Plans the way from one release to another: which instructions for each application and why, and the script they compile to.
 * Pure: the same {@link Planning} gives the same {@link Planned}.
 *
 * <p>An application that changes goes up by its new version's appup, or down by its old one's. Without a matching entry it is loaded
 * side by side when nothing happens on its activation (see {@link Effects}), its stateful components hand over, and otherwise
 * it is restarted. A script that a relup of one of the releases has between the two is taken as it is, once it fits ({@link ScriptFit}). The problems a plan may have:
 *
 * <pre>
 * duplicate-application       a release has a symbolic name twice
 * same-version-other-content  one version, two contents, and the container is to restart
 * appup-version               the appup is of another version than its bundle
 * no-such-component           update of a component that one of the versions does not have
 * not-stateful                update of a component that is no CodeChange
 * state-not-handed-over       update of a component of an application that can not exist twice, or that is not started
 * contradicting-instructions  restart_application and update
 * no-such-application         an instruction names what neither release has
 * wrong-application           an instruction names an application that does not come, go or change, or a component of another one
 * wrong-version               load_object_code of a version that the release does not have
 * two-instructions            a bundle or component has two, in one appup or in several (OTP: muldef_module)
 * undefined-dependency        depends on what has no instruction in the release (OTP: undef_module)
 * package-users               a bundle of no release is wired to packages of an application that changes
 * library-changes             a library goes that somebody is wired to, or changes and a user can not be installed a second time
 * fragment-changes            a fragment changes
 * configuration               a file that the target brings would change a configuration that is there without it
 * sticky                      a bundle that stays as it is while the container runs comes in another version, changes, goes or moves along
 * </pre>
 */
public final class Planner {
    private Planner() {}

    /** Plans; problems are in the plan, never thrown. A plan with problems has no script. */
    public static Planned plan(Planning planning) {
        return Passes.plan(planning);
    }
}
