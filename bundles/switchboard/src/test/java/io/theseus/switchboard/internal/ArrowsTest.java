// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.theseus", importOptions = DoNotIncludeTests.class)
class ArrowsTest {
    @ArchTest
    static final ArchRule DEPENDS_ON_API_ONLY = noClasses()
            .that()
            .resideInAPackage("io.theseus.switchboard..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "io.theseus.relup..", "io.theseus.framework..", "io.theseus.handler..", "io.theseus.shell..");

    @ArchTest
    static final ArchRule CALLS_KNOW_NO_OSGI = noClasses()
            .that()
            .resideInAPackage("io.theseus.switchboard.internal.call..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("org.osgi..", "org.objectweb..", "javax.servlet..");

    @ArchTest
    static final ArchRule ONLY_WEB_KNOWS_SERVLETS = noClasses()
            .that()
            .resideOutsideOfPackage("io.theseus.switchboard.internal.web..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("javax.servlet..", "io.theseus.switchboard.internal.web..");

    @ArchTest
    static final ArchRule HOOKS_AND_SERVICES_ARE_BEHIND_THE_EXCHANGE = noClasses()
            .that()
            .resideInAnyPackage("io.theseus.switchboard.internal.service..")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("io.theseus.switchboard.internal.hook..");
}
