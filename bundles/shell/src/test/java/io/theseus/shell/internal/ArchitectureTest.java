// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.apache.karaf.shell.api.action.Command;
import org.apache.karaf.shell.api.action.lifecycle.Service;

@AnalyzeClasses(packages = "io.theseus.shell", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule dependsOnlyOnTheApiAndTheKarafShell = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.theseus.shell..",
                    "io.theseus.api",
                    "io.theseus.release",
                    "org.apache.karaf.shell.api..",
                    "org.apache.karaf.shell.support..",
                    "com.fasterxml.jackson.jr.ob..",
                    "org.osgi.framework",
                    "org.jspecify.annotations",
                    "java..");

    @ArchTest
    static final ArchRule ofTheFrameworkOnlyVersion = noClasses()
            .should()
            .dependOnClassesThat(com.tngtech.archunit.base.DescribedPredicate.describe(
                    "framework types other than Version",
                    c -> c.getPackageName().equals("org.osgi.framework")
                            && !c.getSimpleName().equals("Version")));

    @ArchTest
    static final ArchRule renderingKnowsNoCommands = noClasses()
            .that()
            .resideInAPackage("..render")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.theseus.shell.internal");

    @ArchTest
    static final ArchRule karafFindsTheCommands = classes()
            .that()
            .areAnnotatedWith(Command.class)
            .should()
            .beAnnotatedWith(Service.class)
            .andShould()
            .bePublic()
            .andShould()
            .resideInAPackage("io.theseus.shell.internal");
}
