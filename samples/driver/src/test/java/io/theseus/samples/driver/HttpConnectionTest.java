// SPDX-License-Identifier: Apache-2.0
package io.theseus.samples.driver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.EOFException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class HttpConnectionTest {
    @Test
    void readsAnAnswerWithALength() throws Exception {
        Answer answer = answerTo("HTTP/1.1 200 OK\r\nSet-Cookie: a=b; Path=/\r\nContent-Length: 24\r\n\r\n"
                + "versions=[1.0.0,2] x=-7\n");

        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.versions()).isEqualTo(List.of("1.0.0", "2"));
        assertThat(answer.number("x")).hasValue(-7);
        assertThat(answer.number("y")).isEmpty();
        assertThat(answer.cookie()).contains("a=b");
        assertThat(answer.closes()).isFalse();
    }

    @Test
    void readsAnAnswerInChunks() throws Exception {
        Answer answer = answerTo("HTTP/1.1 503 No\r\nConnection: close\r\nTransfer-Encoding: chunked\r\n\r\n"
                + "3\r\nabc\r\n2\r\nde\r\n0\r\n\r\n");

        assertThat(answer).isEqualTo(new Answer(503, "abcde", Optional.empty(), true));
    }

    @Test
    void noticesAConnectionThatIsDroppedInsideAnAnswer() {
        assertThatThrownBy(() -> answerTo("HTTP/1.1 200 OK\r\nContent-Length: 24\r\n\r\nversions"))
                .isInstanceOf(EOFException.class);
    }

    @Test
    void noticesAConnectionThatIsDroppedBeforeAnAnswer() {
        assertThatThrownBy(() -> answerTo("")).isInstanceOf(EOFException.class);
    }

    private static Answer answerTo(String response) throws IOException {
        try (ServerSocket server = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Thread peer = new Thread(() -> answerOnce(server, response));
            peer.start();
            try (HttpConnection connection = new HttpConnection(server.getLocalPort())) {
                return connection.exchange("GET", "/", Optional.empty());
            }
        }
    }

    private static void answerOnce(ServerSocket server, String response) {
        try (Socket socket = server.accept()) {
            socket.getInputStream().read(new byte[1000]);
            socket.getOutputStream().write(response.getBytes(StandardCharsets.US_ASCII));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
