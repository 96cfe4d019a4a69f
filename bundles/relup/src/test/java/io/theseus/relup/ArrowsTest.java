// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.osgi.framework.Version;
import org.osgi.framework.VersionRange;

@AnalyzeClasses(packages = "io.theseus.relup", importOptions = ImportOption.DoNotIncludeTests.class)
class ArrowsTest {
    private static final DescribedPredicate<JavaClass> RUNNING_OSGI = JavaClass.Predicates.resideInAPackage(
                    "org.osgi..")
            .and(JavaClass.Predicates.resideOutsideOfPackage("org.osgi.annotation.."))
            .and(DescribedPredicate.not(JavaClass.Predicates.equivalentTo(Version.class)))
            .and(DescribedPredicate.not(JavaClass.Predicates.equivalentTo(VersionRange.class)))
            .as("OSGi beyond Version and VersionRange");

    @ArchTest
    static final ArchRule OF_OSGI_ONLY_VERSIONS = noClasses().should().dependOnClassesThat(RUNNING_OSGI);

    @ArchTest
    static final ArchRule ONLY_THE_API = classes()
            .should()
            .onlyDependOnClassesThat()
            .resideInAnyPackage(
                    "io.theseus.relup..",
                    "io.theseus.api",
                    "io.theseus.port",
                    "io.theseus.release",
                    "org.snakeyaml.engine..",
                    "org.osgi..",
                    "org.jspecify..",
                    "javax.xml.stream..",
                    "java..");

    @ArchTest
    static final ArchRule NO_EFFECTS = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    "java.nio.file..", "java.nio.channels..", "java.util.concurrent..", "java.lang.reflect..")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.net.URL")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.io.File")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName("java.lang.Thread");

    @ArchTest
    static final ArchRule YAML_ONLY_IN_ITS_READER = noClasses()
            .that()
            .haveNameNotMatching(".*YamlReader(\\$.*)?")
            .should()
            .dependOnClassesThat()
            .resideInAPackage("org.snakeyaml..");

    @ArchTest
    static final ArchRule PLANNING_READS_NO_FILES = noClasses()
            .that()
            .resideInAPackage("..internal.plan")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.io..", "javax.xml..");
}
