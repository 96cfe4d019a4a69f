// SPDX-License-Identifier: Apache-2.0
package io.theseus.samples.checkout;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import javax.servlet.ServletResponse;
import javax.servlet.http.HttpServletResponse;

/** Writes receipts, and says what is wrong with a request that nothing can be written for. */
final class Answers {
    private Answers() {}

    static void write(HttpServletResponse response, Supplier<Receipt> work) throws IOException {
        try {
            text(response, work.get().toString());
        } catch (IllegalArgumentException wrong) {
            response.setStatus(HttpServletResponse.SC_BAD_REQUEST);
            text(response, wrong.getMessage() + '\n');
        }
    }

    private static void text(ServletResponse response, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        response.setContentType("text/plain;charset=utf-8");
        response.setContentLength(bytes.length);
        response.getOutputStream().write(bytes);
    }
}
