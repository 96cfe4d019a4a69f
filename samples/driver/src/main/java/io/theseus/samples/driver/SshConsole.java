// SPDX-License-Identifier: Apache-2.0
package io.theseus.samples.driver;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.EnumSet;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.keyverifier.AcceptAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;

/**
 * The shell over ssh: a {@code bin/client} would start a JVM for each command, and that would be seen in the latencies. Thread safety: for one thread at a time.
 */
final class SshConsole implements Console {
    private static final Duration TO_CONNECT = Duration.ofSeconds(15);
    private static final Duration TO_RUN = Duration.ofMinutes(3);

    private final int port;
    private final String user;
    private final String password;
    private final SshClient client = SshClient.setUpDefaultClient();

    SshConsole(int port, String user, String password) {
        this.port = port;
        this.user = user;
        this.password = password;
        // The container and its key were made for this run, on this machine.
        client.setServerKeyVerifier(AcceptAllServerKeyVerifier.INSTANCE);
        client.start();
    }

    @Override
    public int run(String command, Consumer<String> eachLine) throws IOException {
        // Karaf closes the connection after each command.
        try (ClientSession session =
                client.connect(user, "127.0.0.1", port).verify(TO_CONNECT).getSession()) {
            session.addPasswordIdentity(password);
            session.auth().verify(TO_CONNECT);
            return run(session, command, eachLine);
        }
    }

    private static int run(ClientSession session, String command, Consumer<String> eachLine) throws IOException {
        try (Lines lines = new Lines(eachLine);
                ChannelExec channel = session.createExecChannel(command)) {
            channel.setOut(lines);
            channel.setErr(lines);
            channel.open().verify(TO_CONNECT);
            if (channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), TO_RUN).contains(ClientChannelEvent.TIMEOUT)) {
                throw new IOException(command + " did not end in " + TO_RUN.toSeconds() + " s");
            }
            Integer status = channel.getExitStatus();
            return status == null ? -1 : status;
        }
    }

    @Override
    public void close() {
        client.stop();
    }

    /** Cuts output into lines, without colours. */
    private static final class Lines extends OutputStream {
        private static final Pattern COLOURS = Pattern.compile("\u001b\\[[0-9;]*m");

        private final Consumer<String> eachLine;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        Lines(Consumer<String> eachLine) {
            this.eachLine = eachLine;
        }

        @Override
        public synchronized void write(int b) {
            if (b == '\n') {
                String text =
                        COLOURS.matcher(line.toString(StandardCharsets.UTF_8)).replaceAll("");
                eachLine.accept(text.stripTrailing());
                line.reset();
            } else {
                line.write(b);
            }
        }

        @Override
        public synchronized void close() {
            if (line.size() > 0) {
                write('\n');
            }
        }
    }
}
