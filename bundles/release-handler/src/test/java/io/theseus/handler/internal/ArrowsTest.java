// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.theseus.handler", importOptions = ImportOption.DoNotIncludeTests.class)
class ArrowsTest {
    @ArchTest
    static final ArchRule dependsOnlyOnApiAndRelup = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "javax.security.auth",
                    "org.slf4j",
                    "org.jspecify..",
                    "org.osgi.framework",
                    "org.osgi.service.component.annotations",
                    "com.fasterxml.jackson..",
                    "io.theseus.api",
                    "io.theseus.port",
                    "io.theseus.release",
                    "io.theseus.relup",
                    "io.theseus.handler..");

    @ArchTest
    static final ArchRule touchesNoBundle = noClasses()
            .should()
            .dependOnClassesThat()
            .haveNameMatching("org\\.osgi\\.framework\\.(Bundle.*|Service.*|wiring.*|FrameworkUtil)");

    @ArchTest
    static final ArchRule stateIsPure = noClasses()
            .that()
            .resideInAPackage("..state..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.theseus.port", "..eval..", "..store..", "java.nio.file..");

    @ArchTest
    static final ArchRule storeKnowsNoRunningBundle = noClasses()
            .that()
            .resideInAPackage("..store..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("io.theseus.port", "..eval..", "..state..");
}
