// SPDX-License-Identifier: Apache-2.0
package io.theseus.itests;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.time.Duration;
import java.util.EnumSet;
import org.apache.sshd.client.SshClient;
import org.apache.sshd.client.channel.ChannelExec;
import org.apache.sshd.client.channel.ClientChannelEvent;
import org.apache.sshd.client.keyverifier.AcceptAllServerKeyVerifier;
import org.apache.sshd.client.session.ClientSession;

/**
 * The shell of a container, through ssh: one session per command, because a container may go at any moment. Thread safety: safe for use
 * by many threads.
 */
public final class Shell implements AutoCloseable {
    private static final Duration CONNECT = Duration.ofSeconds(30);

    private final SshClient client = SshClient.setUpDefaultClient();
    private final int port;
    private final String user;
    private final String password;

    public Shell(int port, String user, String password) {
        this.port = port;
        this.user = user;
        this.password = password;
        // A fresh container makes its host key at the first connection: there is nothing to compare it with.
        client.setServerKeyVerifier(AcceptAllServerKeyVerifier.INSTANCE);
        client.start();
    }

    /** What a command printed, both streams in order of arrival, and how it ended. */
    public record Result(int exit, String text) {
        public boolean ok() {
            return exit == 0;
        }
    }

    /**
     * Runs one command line.
     *
     * @throws IOException if there is no connection, the login is refused, the limit passes, or the container dies meanwhile
     */
    public Result run(String command, Duration limit) throws IOException {
        try (ClientSession session =
                client.connect(user, "127.0.0.1", port).verify(CONNECT).getSession()) {
            session.addPasswordIdentity(password);
            session.auth().verify(CONNECT);
            return run(session, command, limit);
        }
    }

    private static Result run(ClientSession session, String command, Duration limit) throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        try (ChannelExec channel = session.createExecChannel(command)) {
            channel.setOut(text);
            channel.setErr(text);
            channel.open().verify(CONNECT);
            var events = channel.waitFor(EnumSet.of(ClientChannelEvent.CLOSED), limit);
            if (events.contains(ClientChannelEvent.TIMEOUT)) {
                throw new IOException(
                        "'" + command + "' did not end within " + limit + "; it printed: " + text.toString(UTF_8));
            }
            Integer exit = channel.getExitStatus();
            if (exit == null) {
                throw new IOException("'" + command + "' was cut off; it printed: " + text.toString(UTF_8));
            }
            return new Result(exit, text.toString(UTF_8));
        }
    }

    @Override
    public void close() {
        client.stop();
    }
}
