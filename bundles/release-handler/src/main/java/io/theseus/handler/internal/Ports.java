// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import io.theseus.port.Belongings;
import io.theseus.port.CodeServer;
import io.theseus.port.Components;
import io.theseus.port.Configurations;
import io.theseus.port.Nodes;
import io.theseus.port.Requirements;
import io.theseus.port.Restart;
import io.theseus.port.Switchboard;
import java.util.Optional;

/**
 * Everything that acts on the container.
 *
 * @param requirements empty where nobody but release handling decides which bundles there are
 */
public record Ports(
        CodeServer code,
        Switchboard switchboard,
        Belongings belongings,
        Components components,
        Configurations configurations,
        Restart restart,
        Nodes nodes,
        Optional<Requirements> requirements) {}
