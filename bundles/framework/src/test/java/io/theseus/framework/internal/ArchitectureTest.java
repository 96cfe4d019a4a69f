// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.theseus.framework", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    @ArchTest
    static final ArchRule DEPENDS_ON_THE_API_ONLY = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "io.theseus.api",
                    "io.theseus.port",
                    "io.theseus.release",
                    "io.theseus.framework..",
                    "org.apache.felix.fileinstall",
                    "org.osgi..",
                    "org.slf4j",
                    "org.jspecify.annotations");

    @ArchTest
    static final ArchRule CALLER_EDGES_ARE_PURE = classes()
            .that()
            .haveSimpleName("CallerEdges")
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage("java..", "io.theseus.framework..", "org.jspecify.annotations");
}
