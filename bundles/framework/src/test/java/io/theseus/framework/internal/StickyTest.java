// SPDX-License-Identifier: Apache-2.0
package io.theseus.framework.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class StickyTest {
    private final List<String> complaints = new ArrayList<>();

    private Sticky of(Object value) {
        return Sticky.of(Map.of("sticky", value), complaints::add);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.apache.karaf.features.core",
                "org.apache.felix.scr",
                "org.apache.felix.configadmin.plugin.interpolation",
                "org.ops4j.pax.web.pax-web-runtime",
                "org.ops4j.pax.logging.pax-logging-api",
                "org.ops4j.pax.url.mvn",
                "org.apache.aries.blueprint.core"
            })
    void whatActsForEverybodyInAKarafIsOnTheList(String name) {
        assertThat(Sticky.DEFAULT.entry(name)).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "org.apache.felix.healthcheck.api",
                "org.apache.felix.healthcheck.core",
                "org.apache.felix.scrapbook",
                "org.apache.karaf.examples.karaf-scr-example-provider",
                "org.apache.karaf.cellar.core",
                "io.theseus.samples.pricing",
                "com.fasterxml.jackson.core.jackson-databind",
                "org.eclipse.jetty.util",
                "xorg.apache.karaf.shell",
                "orgXapacheXfelixXscr"
            })
    void librariesAndWhatIsBuiltOnKarafAreNot(String name) {
        assertThat(Sticky.DEFAULT.entry(name)).isEmpty();
    }

    @Test
    void whatIsShippedSaysTheDefaults() throws IOException {
        Properties shipped = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of("src/main/cfg/io.theseus.framework.cfg"))) {
            shipped.load(reader);
        }

        assertThat(shipped.stringPropertyNames()).containsExactly("sticky");
        assertThat(of(shipped.getProperty("sticky"))).isEqualTo(Sticky.DEFAULT);
        assertThat(complaints).isEmpty();
    }

    @Test
    void whatIsTakenOutIsWhereverItStands() {
        Sticky sticky = of("!com.acme.shop, com.acme.*\n com.zoo.*.core");

        assertThat(sticky.entry("com.acme.shop")).isEmpty();
        assertThat(sticky.entry("com.acme.ledger")).contains("com.acme.*");
        assertThat(sticky.entry("com.zoo.a.b.core")).contains("com.zoo.*.core");
        assertThat(sticky.entry("com.zoo.core")).isEmpty();
    }

    @Test
    void severalValuesAreOneList() {
        assertThat(of(new String[] {"a", "b,c"})).isEqualTo(new Sticky(List.of("a", "b", "c"), List.of()));
        assertThat(of(List.of("a", "!b"))).isEqualTo(new Sticky(List.of("a"), List.of("b")));
    }

    @Test
    void aListThatIsEmptyHasNothing() {
        assertThat(of("").entry("org.apache.karaf.shell.core")).isEmpty();
        assertThat(Sticky.of(Map.of(), complaints::add)).isEqualTo(Sticky.DEFAULT);
        assertThat(complaints).isEmpty();
    }

    @Test
    void anEntryThatIsNoNameIsNamedAndLeftOut() {
        assertThat(of("com.acme.a, (b), !")).isEqualTo(new Sticky(List.of("com.acme.a"), List.of()));
        assertThat(complaints)
                .containsExactly(
                        "sticky: (b) is no symbolic name, with or without *; it is left out",
                        "sticky: ! is no symbolic name, with or without *; it is left out");
    }
}
