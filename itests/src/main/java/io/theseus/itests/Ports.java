// SPDX-License-Identifier: Apache-2.0
package io.theseus.itests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;

/**
 * The ports of one container, all on the loopback address. Thread safety: immutable.
 *
 * @param http web applications
 * @param ssh the shell
 * @param registry RMI registry, for JMX
 * @param jmx RMI server, for JMX
 */
public record Ports(int http, int ssh, int registry, int jmx) {
    /** Four ports nobody listens on now. They are held together while they are chosen, so that they differ. */
    public static Ports free() {
        List<ServerSocket> held = new ArrayList<>();
        try {
            for (int i = 0; i < 4; i++) {
                held.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
            }
            return new Ports(
                    held.get(0).getLocalPort(),
                    held.get(1).getLocalPort(),
                    held.get(2).getLocalPort(),
                    held.get(3).getLocalPort());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            held.forEach(Ports::close);
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
