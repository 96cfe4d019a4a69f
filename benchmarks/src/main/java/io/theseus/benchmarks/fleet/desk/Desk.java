// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.fleet.desk;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import javax.servlet.http.HttpServlet;
import javax.servlet.http.HttpServletRequest;
import javax.servlet.http.HttpServletResponse;

/** Answers with its version, and with what it was asked. Thread safety: safe for use by many threads. */
public final class Desk extends HttpServlet {
    private static final long serialVersionUID = 1;

    /** Replaced by the version when the bundle is made. */
    private static final String VERSIONS = "versions=[@version@] query=";

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        // Not a sum: in that the compiler would hide the constant.
        byte[] answer =
                String.join("", VERSIONS, request.getQueryString(), "\n").getBytes(StandardCharsets.UTF_8);
        response.setContentType("text/plain;charset=utf-8");
        response.setContentLength(answer.length);
        response.getOutputStream().write(answer);
    }
}
