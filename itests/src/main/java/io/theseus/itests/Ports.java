// SPDX-License-Identifier: Apache-2.0
package io.theseus.itests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The ports of one container, all on the loopback address. Thread safety: immutable.
 *
 * @param http web applications
 * @param ssh the shell
 * @param registry RMI registry, for JMX
 * @param jmx RMI server, for JMX
 */
public record Ports(int http, int ssh, int registry, int jmx) {
    /** Below the range the kernel takes ports for outgoing connections from, which could be taken before the container listens. */
    private static final int FIRST = 15_000;

    private static final int LAST = 32_000;

    /** Four ports nobody listens on now. They are held together while they are chosen, so that they differ. */
    public static Ports free() {
        List<ServerSocket> held = new ArrayList<>();
        try {
            while (held.size() < 4) {
                bind(ThreadLocalRandom.current().nextInt(FIRST, LAST)).ifPresent(held::add);
            }
            return new Ports(
                    held.get(0).getLocalPort(),
                    held.get(1).getLocalPort(),
                    held.get(2).getLocalPort(),
                    held.get(3).getLocalPort());
        } finally {
            held.forEach(Ports::close);
        }
    }

    private static Optional<ServerSocket> bind(int port) {
        try {
            return Optional.of(new ServerSocket(port, 1, InetAddress.getLoopbackAddress()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static void close(ServerSocket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
