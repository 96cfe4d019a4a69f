// SPDX-License-Identifier: Apache-2.0
package io.theseus.shell.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Dictionary;
import java.util.Hashtable;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.karaf.service.guard.tools.ACLConfigurationParser;
import org.apache.karaf.shell.api.action.Command;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class AccessRulesTest {
    private static final Set<String> LOOKING = Set.of(
            "release:list", "release:plan", "release:script", "release:status", "release:history", "application:list");

    static Stream<Command> commands() {
        return Console.commands().stream().map(type -> type.getAnnotation(Command.class));
    }

    @ParameterizedTest
    @MethodSource("commands")
    void everyCommandHasARuleOfItsOwnAndOnlyLookingIsForViewers(Command command) throws IOException {
        Dictionary<String, Object> rules = rules(command.scope());
        assertThat(rules.get(command.name())).isNotNull();

        List<String> roles = new ArrayList<>();
        ACLConfigurationParser.getRolesForInvocation(
                command.name(), new Object[] {"[--json, shop/2.0.0]"}, null, rules, roles);

        boolean looking = LOOKING.contains(command.scope() + ":" + command.name());
        assertThat(roles).containsExactlyElementsOf(looking ? List.of("admin", "viewer") : List.of("admin"));
    }

    @Test
    void aCommandThatNobodyThoughtOfIsForAdministrators() throws IOException {
        for (String scope : List.of("release", "application")) {
            List<String> roles = new ArrayList<>();
            ACLConfigurationParser.getRolesForInvocation("new", new Object[] {"[]"}, null, rules(scope), roles);
            assertThat(roles).as(scope).containsExactly("admin");
        }
    }

    @Test
    void theCommandsAreTheAgreedOnes() {
        assertThat(new TreeSet<>(commands().map(c -> c.scope() + ":" + c.name()).toList()))
                .containsExactly(
                        "application:adopt",
                        "application:downgrade",
                        "application:install",
                        "application:list",
                        "application:uninstall",
                        "application:upgrade",
                        "release:check",
                        "release:collect",
                        "release:eval",
                        "release:history",
                        "release:install",
                        "release:list",
                        "release:make-permanent",
                        "release:plan",
                        "release:reboot-old",
                        "release:remove",
                        "release:rollback",
                        "release:script",
                        "release:set-unpacked",
                        "release:status",
                        "release:unpack",
                        "release:upgrade-features");
    }

    private static Dictionary<String, Object> rules(String scope) throws IOException {
        Path file = Path.of("src/main/acl/org.apache.karaf.command.acl." + scope + ".cfg");
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        }
        Dictionary<String, Object> rules = new Hashtable<>();
        properties.forEach((key, value) -> rules.put((String) key, value));
        rules.put("service.pid", "org.apache.karaf.command.acl." + scope);
        return rules;
    }
}
