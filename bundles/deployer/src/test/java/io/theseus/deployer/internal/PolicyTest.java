// SPDX-License-Identifier: Apache-2.0
package io.theseus.deployer.internal;

import static org.assertj.core.api.Assertions.assertThat;

import io.theseus.deployer.internal.Policy.Refused;
import io.theseus.deployer.internal.Policy.Removal;
import io.theseus.deployer.internal.Policy.Way;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class PolicyTest {
    private final List<String> complaints = new ArrayList<>();

    @Test
    void readsEveryValue() {
        Policy policy = Policy.of(
                Map.of(
                        "install",
                        "manual",
                        "bake",
                        " 2m",
                        "make-permanent",
                        "Manual",
                        "refresh",
                        "auto",
                        "refused",
                        "move",
                        "removal",
                        "nothing"),
                complaints::add);

        assertThat(policy)
                .isEqualTo(new Policy(
                        Way.MANUAL, Duration.ofMinutes(2), Way.MANUAL, Way.AUTO, Refused.MOVE, Removal.NOTHING));
        assertThat(complaints).isEmpty();
        assertThat(policy.options().bake()).contains(Duration.ofMinutes(2));
        assertThat(policy.options().makePermanent()).isFalse();
    }

    @Test
    void takesTheDefaultForABadValueAndSaysSo() {
        Policy policy = Policy.of(
                Map.of(
                        "install",
                        "yes",
                        "bake",
                        "5",
                        "make-permanent",
                        "never",
                        "refresh",
                        "true",
                        "refused",
                        "delete"),
                complaints::add);

        assertThat(policy).isEqualTo(Policy.DEFAULT);
        assertThat(complaints)
                .containsExactly(
                        "install = yes is neither auto nor manual; taken is auto",
                        "bake = 5 is no duration as 500ms, 30s or 2m; taken is 10s",
                        "make-permanent = never is neither auto nor manual; taken is auto",
                        "refresh = true is neither auto nor manual; taken is manual",
                        "refused = delete is neither keep nor move; taken is keep");
    }

    @Test
    void whatIsShippedSaysTheDefaults() throws IOException {
        Properties shipped = new Properties();
        try (Reader reader = Files.newBufferedReader(Path.of("src/main/cfg/io.theseus.deployer.cfg"))) {
            shipped.load(reader);
        }
        Map<String, String> values =
                shipped.stringPropertyNames().stream().collect(Collectors.toMap(key -> key, shipped::getProperty));

        assertThat(Policy.of(values, complaints::add)).isEqualTo(Policy.DEFAULT);
        assertThat(complaints).isEmpty();
        assertThat(values).containsOnlyKeys("install", "bake", "make-permanent", "refresh", "refused", "removal");
    }

    @Test
    void aRefreshIsForWhatIsMadePermanentByItself() {
        Policy policy = Policy.of(Map.of("refresh", "auto"), complaints::add);
        Policy byHand = Policy.of(Map.of("refresh", "auto", "make-permanent", "manual"), complaints::add);

        assertThat(policy.options().refresh()).isTrue();
        assertThat(policy.permanent().refresh()).isTrue();
        assertThat(byHand.options().refresh()).isFalse();
        assertThat(Policy.DEFAULT.options().refresh()).isFalse();
        assertThat(Policy.DEFAULT.permanent().refresh()).isFalse();
    }

    @Test
    void withoutABakeNothingIsWatched() {
        assertThat(Policy.of(Map.of("bake", "0s"), complaints::add).options().bake())
                .isEmpty();
    }
}
