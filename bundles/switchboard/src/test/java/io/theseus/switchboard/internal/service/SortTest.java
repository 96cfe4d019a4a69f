// SPDX-License-Identifier: Apache-2.0
package io.theseus.switchboard.internal.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Names beginning with "own." are the bundle's own, those ending with "Class" are no interfaces. */
class SortTest {
    private static Sort sort(List<String> names, String... properties) {
        return Sort.of(
                names,
                Set.of(),
                List.of(properties),
                name -> name.startsWith("own."),
                name -> name.endsWith("Class") ? Optional.of("is a class") : Optional.empty());
    }

    @Test
    void ownNamesAreLeftOutOfTheStableService() {
        Sort sort = sort(List.of("own.Wider", "api.Executor"), "component.name");

        assertThat(sort.interfaces()).containsExactly("api.Executor");
        assertThat(sort.own()).containsExactly("own.Wider");
        assertThat(sort.reason()).isEmpty();
        assertThat(sort.hidden()).isTrue();
    }

    @Test
    void aServiceUnderOwnNamesOnlyStaysRawAndIsNoReason() {
        Sort sort = sort(List.of("own.PoolClass", "own.Wider"));

        assertThat(sort.hidden()).isFalse();
        assertThat(sort.reason()).isEmpty();
    }

    @Test
    void whatTheShellOfKarafTellsOfABundleStaysRawAndIsNoReason() {
        Sort sort = sort(List.of("org.apache.karaf.shell.commands.info.InfoProvider"));

        assertThat(sort.hidden()).isFalse();
        assertThat(sort.reason()).isEmpty();
    }

    @Test
    void aCommandOfAnOwnClassCanNotExistTwice() {
        assertThat(sort(List.of("own.CommandClass"), "osgi.command.scope", "osgi.command.function")
                        .reason())
                .contains("the service under own.CommandClass is called by its property osgi.command.function,"
                        + " and two of it would be mixed up");
        assertThat(sort(List.of("api.Executor", "own.CommandClass"), "osgi.command.scope")
                        .hidden())
                .isFalse();
    }

    @Test
    void aCommandUnderAnInterfaceOfOthersIsStable() {
        assertThat(sort(List.of("api.Executor"), "osgi.command.scope").interfaces())
                .containsExactly("api.Executor");
    }

    @Test
    void aClassThatOthersHaveIsAReasonBesideOwnNamesToo() {
        Sort sort = sort(List.of("own.Wider", "api.ToolClass"));

        assertThat(sort.hidden()).isFalse();
        assertThat(sort.reason()).contains("the service under api.ToolClass is left alone: is a class");
    }

    @ParameterizedTest
    @ValueSource(strings = {"java.net.ContentHandler", "org.osgi.framework.hooks.bundle.FindHook"})
    void aServiceInTheWayOfItsSuccessorStaysRawAndSaysWhy(String name) {
        Sort sort = sort(List.of("api.Executor", name));

        assertThat(sort.hidden()).isFalse();
        assertThat(sort.reason()).contains("the service under " + name + " can not exist twice");
    }

    @Test
    void whiteboardResourcesCanNotExistTwice() {
        assertThat(sort(List.of("own.Wider"), "osgi.http.whiteboard.resource.pattern")
                        .reason())
                .contains("its whiteboard resources can not exist twice");
    }
}
