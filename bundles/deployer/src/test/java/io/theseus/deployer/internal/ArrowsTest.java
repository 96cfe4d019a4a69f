// SPDX-License-Identifier: Apache-2.0
package io.theseus.deployer.internal;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.theseus.deployer", importOptions = ImportOption.DoNotIncludeTests.class)
class ArrowsTest {
    @ArchTest
    static final ArchRule dependsOnlyOnTheApiAndTheWatcher = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "javax.xml.stream",
                    "org.slf4j",
                    "org.jspecify..",
                    "org.osgi.framework",
                    "org.osgi.service.component.annotations",
                    "org.apache.felix.fileinstall",
                    "io.theseus.api",
                    "io.theseus.release",
                    "io.theseus.deployer..");

    @ArchTest
    static final ArchRule ofTheFrameworkOnlyVersion = noClasses()
            .should()
            .dependOnClassesThat(DescribedPredicate.describe(
                    "framework types other than Version",
                    c -> c.getPackageName().equals("org.osgi.framework")
                            && !c.getSimpleName().equals("Version")));

    @ArchTest
    static final ArchRule decidingIsPure = noClasses()
            .that()
            .haveSimpleName("Deciding")
            .or()
            .haveSimpleName("Claims")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.io..", "java.nio.file..")
            .orShould()
            .dependOnClassesThat()
            .haveSimpleName("ReleaseHandler");
}
