// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.fleet;

import io.theseus.api.CodeChange;
import io.theseus.benchmarks.fleet.api.Part;
import io.theseus.benchmarks.fleet.hoard.Converted;
import io.theseus.benchmarks.fleet.hoard.Passed;
import io.theseus.benchmarks.fleet.hoard.Rewritten;
import io.theseus.itests.made.MadeBundle;
import java.util.List;

/** How the entries of the component of {@code state} come into its next version. */
enum Hoarding {
    /** By reference: both versions share their type. */
    PASSED(Passed.class),
    /** Records of the application's own, converted by Theseus, component by component. */
    CONVERTED(Converted.class),
    /** Records of the application's own, made by its {@code codeChange}. */
    REWRITTEN(Rewritten.class);

    private static final String APPLICATION = "fleet.hoard";

    private final Class<?> component;

    Hoarding(Class<?> component) {
        this.component = component;
    }

    /** Its one application, to the callers the first of a fleet. */
    MadeBundle application(String version) {
        String name = component.getName();
        MadeBundle bundle = MadeBundle.of(APPLICATION, version)
                .header("Import-Package", Part.class.getPackageName() + ",io.theseus.api,fleet.api")
                .entry("OSGI-INF/appup.yaml", Pattern.appup(version, List.of(name)))
                .component(name, "", """

                          <property name="%s" value="%s"/>
                          <service><provide interface="%s"/><provide interface="%s"/></service>
                        """.formatted(
                                Part.NAME,
                                Pattern.partName(0, 0),
                                Pattern.ownInterface(0).replace('/', '.'),
                                CodeChange.class.getName()));
        for (String each : ClassFiles.of(component.getPackageName())) {
            bundle = bundle.entry(each, WithVersion.of(ClassFiles.read(each), version, Pattern.ownInterface(0)));
        }
        return bundle;
    }
}
