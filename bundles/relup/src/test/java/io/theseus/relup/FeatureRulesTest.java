// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.theseus.port.FeatureRules;
import io.theseus.port.FeatureRules.Ruled;
import io.theseus.port.FeatureRules.RuledBundle;
import io.theseus.release.BundleSpec.Role;
import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** A release has what Karaf's own rules make of a feature repository. */
class FeatureRulesTest {
    private static final String SHOP = "mvn:a/shop/2";
    private static final String EXTRAS = "mvn:a/extras/1";
    private static final RuledBundle UNTOUCHED = bundle(SHOP, SHOP);
    private static final Ruled EXTRA = feature(List.of(bundle(EXTRAS, EXTRAS)), List.of());
    private static final Ruled LATE =
            new Ruled(false, false, List.of(bundle("mvn:a/late/1", "mvn:a/late/1")), List.of(false), List.of());
    private static final String FILE = """
            <features name='acme'>
              <feature name='shop' version='2.0.0'><feature>extras</feature><feature>scr</feature>
                <bundle start-level='70'> %s </bundle>
                <conditional><condition>log</condition><feature>webconsole</feature><bundle>mvn:a/late/1</bundle></conditional>
              </feature>
              <feature name='extras' version='1.0.0'><bundle>%s</bundle></feature>
            </features>
            """.formatted(SHOP, EXTRAS);

    @Test
    void whatHasNoRuleIsAsItIsWritten() {
        ReleaseDraft draft = read(rules(shop(UNTOUCHED)), List.of());

        assertThat(draft.bundles())
                .extracting(ReleaseDraft.Entry::location)
                .containsExactly(SHOP, "mvn:a/late/1", EXTRAS);
        assertThat(draft.features().includes()).containsExactly("scr", "webconsole");
        assertThat(draft.rules()).isEmpty();
        assertThat(draft.originals()).isEmpty();
        assertThat(draft.bundles().get(0).role()).isEmpty();
        assertThat(draft.bundles().get(0).startLevel()).isEqualTo(70);
    }

    @Test
    void whatIsOnTheBlackListIsLeftOutAndTold() {
        RuledBundle dark = new RuledBundle(SHOP, SHOP, false, true, false, true, 0);
        Ruled late = new Ruled(true, false, List.of(bundle("mvn:a/late/1", "mvn:a/late/1")), List.of(false), List.of());
        Ruled shop = new Ruled(false, false, List.of(dark), List.of(false, true), List.of(late));

        ReleaseDraft draft = read(rules(shop), List.of());

        assertThat(draft.bundles()).extracting(ReleaseDraft.Entry::location).containsExactly(EXTRAS);
        assertThat(draft.features().includes()).isEmpty();
        assertThat(draft.rules())
                .containsExactly(
                        "the feature scr of shop/2.0.0 is left out: it is on Karaf's black list",
                        "mvn:a/shop/2 of shop/2.0.0 is left out: it is on Karaf's black list",
                        "what is on a condition at file:/acme.xml:4:5 of shop/2.0.0 is left out: it is on Karaf's black list");
    }

    @Test
    void aFeatureOnTheBlackListIsLeftOutWithAllItHas() {
        Ruled extras = new Ruled(true, false, EXTRA.bundles(), List.of(), List.of());
        Ruled shop = new Ruled(false, false, List.of(UNTOUCHED), List.of(true, false), List.of(LATE));

        ReleaseDraft draft = read(new FeatureRules(false, List.of(shop, extras)), List.of());

        assertThat(draft.bundles()).extracting(ReleaseDraft.Entry::location).containsExactly(SHOP, "mvn:a/late/1");
        assertThat(draft.features().roots()).containsExactly("shop/2.0.0");
        assertThat(draft.rules())
                .containsExactly(
                        "the feature extras of shop/2.0.0 is left out: it is on Karaf's black list",
                        "the feature extras/1.0.0 is left out: it is on Karaf's black list");
    }

    @Test
    void anotherBundleComesInPlaceOfOne() {
        RuledBundle either = new RuledBundle(SHOP, "mvn:a/shop/2.1", true, false, true, true, 0);
        Ruled extras = feature(List.of(bundle(EXTRAS, "mvn:b/extras/9")), List.of());

        ReleaseDraft draft = read(new FeatureRules(false, List.of(shop(either), extras)), List.of());

        assertThat(draft.bundles())
                .extracting(entry -> entry.location() + " " + entry.startLevel() + " " + entry.role())
                .containsExactly(
                        "mvn:a/shop/2.1 70 " + Optional.of(Role.LIBRARY),
                        "mvn:a/late/1 80 Optional.empty",
                        "mvn:b/extras/9 80 Optional.empty");
        assertThat(draft.originals()).hasSize(1).containsEntry("mvn:a/shop/2.1", SHOP);
        assertThat(draft.rules())
                .containsExactly(
                        "mvn:a/shop/2.1 comes in place of mvn:a/shop/2 of shop/2.0.0",
                        "mvn:a/shop/2.1 of shop/2.0.0 has dependency=\"true\" by a rule of Karaf's",
                        "mvn:b/extras/9 comes in place of mvn:a/extras/1 of extras/1.0.0");
        assertThat(draft.features().written()).isTrue();
    }

    @Test
    void twoBundlesThatOneComesInPlaceOfAreOne() {
        String file = "<features name='acme'><feature name='shop' version='2.0.0'><bundle>mvn:a/b/1</bundle>"
                + "<bundle>mvn:a/b/2</bundle></feature></features>";
        Ruled shop = feature(List.of(bundle("mvn:a/b/1", "mvn:a/b/3"), bundle("mvn:a/b/2", "mvn:a/b/3")), List.of());

        assertThat(read(file, new FeatureRules(false, List.of(shop)), List.of()).bundles())
                .extracting(ReleaseDraft.Entry::location)
                .containsExactly("mvn:a/b/3");
    }

    @Test
    void aBundleThatIsAddedIsInTheRelease() {
        RuledBundle added = new RuledBundle("mvn:a/patch/1", "mvn:a/patch/1", false, false, false, false, 65);
        Ruled shop = new Ruled(false, false, List.of(UNTOUCHED, added), List.of(false, false), List.of(LATE));

        ReleaseDraft draft = read(rules(shop), List.of());

        assertThat(draft.bundles())
                .filteredOn(entry -> entry.location().equals("mvn:a/patch/1"))
                .singleElement()
                .satisfies(entry -> {
                    assertThat(entry.startLevel()).isEqualTo(65);
                    assertThat(entry.type().starts()).isFalse();
                    assertThat(entry.where()).isEqualTo("file:/acme.xml:2:3");
                });
        assertThat(draft.rules()).containsExactly("mvn:a/patch/1 is added to shop/2.0.0");
    }

    @Test
    void whatIsNotChosenIsNotTold() {
        Ruled extras = feature(List.of(bundle(EXTRAS, "mvn:b/extras/9")), List.of());

        assertThat(read(new FeatureRules(false, List.of(shop(UNTOUCHED), extras)), List.of("extras"))
                        .rules())
                .hasSize(1);
        assertThat(read(rules(shop(bundle(SHOP, "mvn:a/shop/3"))), List.of("extras"))
                        .rules())
                .isEmpty();
    }

    @Test
    void whatAReleaseCanNotHaveIsRefusedIfItIsInIt() {
        Ruled replaced = new Ruled(false, true, List.of(), List.of(), List.of());

        assertThat(refused(rules(replaced), List.of()))
                .startsWith("[bad-release-file] file:/acme.xml:2:3: Karaf has another feature in place of shop/2.0.0")
                .contains("etc/org.apache.karaf.features.xml");
        assertThat(read(rules(replaced), List.of("extras")).name()).isEqualTo("extras");
        assertThat(read(rules(new Ruled(true, true, List.of(), List.of(), List.of())), List.of())
                        .rules())
                .containsExactly("the feature shop/2.0.0 is left out: it is on Karaf's black list");
    }

    @Test
    void aBlackListThatLeavesNothingIsRefused() {
        Ruled barred = new Ruled(true, false, List.of(UNTOUCHED), List.of(false, false), List.of(LATE));
        Ruled extras = new Ruled(true, false, EXTRA.bundles(), List.of(), List.of());

        assertThat(refused(new FeatureRules(true, List.of()), List.of()))
                .isEqualTo("[bad-release-file] file:/acme.xml:1:1: the repository is on Karaf's black list; "
                        + "remove it from etc/org.apache.karaf.features.xml");
        assertThat(refused(rules(barred), List.of("shop")))
                .startsWith("[bad-release-file] file:/acme.xml:1:1: the feature shop is on Karaf's black list");
        assertThat(refused(new FeatureRules(false, List.of(barred, extras)), List.of()))
                .startsWith("[bad-release-file] file:/acme.xml:1:1: all its features are on Karaf's black list");
    }

    @Test
    void whatKarafReadsOtherwiseIsRefused() {
        String otherwise = "Karaf reads this otherwise";

        assertThat(refused(new FeatureRules(false, List.of(EXTRA)), List.of())).contains(":1:1: " + otherwise);
        assertThat(refused(rules(shop(EXTRA.bundles().get(0))), List.of())).contains(":3:5: " + otherwise);
        assertThat(refused(rules(feature(List.of(), List.of(false, false))), List.of()))
                .contains(":2:3: " + otherwise);
        assertThat(refused(rules(feature(List.of(UNTOUCHED), List.of(false))), List.of()))
                .contains(":2:3: " + otherwise);
        assertThat(refused(rules(feature(List.of(UNTOUCHED), List.of(false, false, false))), List.of()))
                .contains(":2:3: " + otherwise);
    }

    @Test
    void whatIsWrongWithTheFileIsSaidBeforeWhatKarafSaysOfIt() {
        ContainerFeatures silent = new ContainerFeatures() {
            @Override
            public Set<String> installed() {
                return Set.of();
            }

            @Override
            public Optional<FeatureRules> rules() {
                throw new RefusedException(Problem.of("karaf-features", "", "Karaf can not read it"));
            }
        };

        assertThatThrownBy(() -> ReleaseReader.read("file:/acme.xml", bytes(FILE), List.of(), silent))
                .hasMessageContaining("Karaf can not read it");
        assertThatThrownBy(() -> ReleaseReader.read(
                        "file:/acme.xml",
                        bytes(FILE.replace("start-level='70'", "start-level='x'")),
                        List.of(),
                        silent))
                .hasMessageContaining("start-level 'x' is no number");
    }

    private static RuledBundle bundle(String written, String location) {
        return new RuledBundle(written, location, false, false, false, true, 0);
    }

    private static Ruled feature(List<RuledBundle> bundles, List<Boolean> included) {
        return new Ruled(false, false, bundles, included, List.of());
    }

    private static Ruled shop(RuledBundle bundle) {
        return new Ruled(false, false, List.of(bundle), List.of(false, false), List.of(LATE));
    }

    private static FeatureRules rules(Ruled shop) {
        return new FeatureRules(false, List.of(shop, EXTRA));
    }

    private static ReleaseDraft read(FeatureRules rules, List<String> chosen) {
        return read(FILE, rules, chosen);
    }

    private static ReleaseDraft read(String file, FeatureRules rules, List<String> chosen) {
        return ReleaseReader.read("file:/acme.xml", bytes(file), chosen, new ContainerFeatures() {
            @Override
            public Set<String> installed() {
                return Set.of("log/4.4.10");
            }

            @Override
            public Optional<FeatureRules> rules() {
                return Optional.of(rules);
            }
        });
    }

    private static String refused(FeatureRules rules, List<String> chosen) {
        try {
            throw new AssertionError("is read: " + read(rules, chosen));
        } catch (RefusedException e) {
            return PlanFixtures.problems(e.problems());
        }
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
