// SPDX-License-Identifier: Apache-2.0
package io.theseus.features.internal;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "io.theseus.features", importOptions = ImportOption.DoNotIncludeTests.class)
class ArrowsTest {
    @ArchTest
    static final ArchRule dependsOnlyOnTheApiAndOnKarafs = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "java..",
                    "javax.xml..",
                    "org.w3c.dom",
                    "org.xml.sax",
                    "org.jspecify..",
                    "org.osgi.service.component.annotations",
                    "org.slf4j",
                    "org.osgi.framework",
                    "org.apache.karaf.features",
                    "org.eclipse.equinox.region",
                    "io.theseus.port",
                    "io.theseus.release",
                    "io.theseus.features..");
}
