// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.fleet.load;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.osgi.framework.BundleActivator;
import org.osgi.framework.BundleContext;

/** Opens the port {@code fleet.port}, on which the benchmark says what to do. */
public final class Activator implements BundleActivator {
    private @Nullable ServerSocket socket;

    @Override
    public void start(BundleContext context) throws Exception {
        int port = Integer.parseInt(
                Optional.ofNullable(context.getProperty("fleet.port")).orElseThrow());
        int size = Integer.parseInt(
                Optional.ofNullable(context.getProperty("fleet.size")).orElseThrow());
        ServerSocket opened = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
        socket = opened;
        Thread thread = new Thread(new Control(opened, context, new Applications(context, size)), "fleet-control");
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void stop(BundleContext context) throws Exception {
        if (socket != null) {
            socket.close();
        }
    }
}
