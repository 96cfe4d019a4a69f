// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;

/** Spoils files: what is left often is nearly right, which reaches deeper than noise does. Everything follows from the seed. */
final class Mutations {
    private static final List<String> WORDS = List.of(
            "- ",
            ": ",
            "? ",
            "[",
            "]",
            "{",
            "}",
            ",",
            "\n",
            "\n  ",
            "\t",
            "#",
            "|\n",
            ">\n",
            "&a ",
            "*a",
            "!!int ",
            "!x ",
            "%YAML 1.2\n---\n",
            "%YAML 99999999999.1\n---\n",
            "%TAG ! a:%FF\n---\n",
            "---\n",
            "...\n",
            "\"",
            "'",
            "\\",
            "\"\\U00110000\"",
            "\"\\UFFFFFFFF\"",
            "\"\\uD800\"",
            "\"\\x\"",
            "\u0000",
            "\uFEFF",
            "\uD83D\uDE00",
            "\uD800",
            "\u0085",
            "\u2028",
            "~",
            "null",
            "true",
            ".inf",
            "-.inf",
            ".nan",
            "1e999",
            "-0",
            "0x10",
            "9223372036854775808",
            "9".repeat(400),
            "[1.2,2)",
            "\"[1.2,2)\"",
            "\"(2,1]\"",
            "2147483648.0.0",
            "1.0.0.%",
            "5s",
            "999999999m",
            "infinity",
            "up:",
            "down:",
            "do:",
            "from:",
            "version:",
            "update:",
            "load_bundle",
            "load:",
            "suspend:",
            "point_of_no_return",
            "code_change:",
            "set_config:",
            "depends:",
            "extra:",
            "application:",
            "component:",
            "{a: {b: [c]}}",
            "<<: ",
            "<",
            ">",
            "</",
            "/>",
            "<a>",
            "</feature>",
            "<feature>/</feature>",
            "<bundle/>",
            "<![CDATA[",
            "]]>",
            "<!--",
            "-->",
            "<!DOCTYPE a [<!ENTITY b \"c\">]>",
            "&b;",
            "&lt;",
            "&#0;",
            "&#x10FFFF;",
            "<?x?>",
            "<?xml version=\"1.1\"?>",
            "encoding=\"UTF-16\"",
            "encoding=\"x\"",
            "xmlns:a=\"b\"",
            "a:b",
            "file:",
            "mvn:",
            "%",
            "..",
            "/",
            "//",
            " ");

    private final Random random;
    private final List<String> seeds;

    Mutations(long seed, List<String> seeds) {
        this.random = new Random(seed);
        this.seeds = seeds;
    }

    byte[] next() {
        if (random.nextInt(50) == 0) {
            byte[] noise = new byte[random.nextInt(200)];
            random.nextBytes(noise);
            return noise;
        }
        byte[] bytes = pick(seeds).getBytes(StandardCharsets.UTF_8);
        for (int i = 1 + random.nextInt(6); i > 0; i--) {
            bytes = spoilt(bytes);
        }
        return bytes;
    }

    private byte[] spoilt(byte[] bytes) {
        int at = random.nextInt(bytes.length + 1);
        int end = Math.min(bytes.length, at + random.nextInt(40));
        return switch (random.nextInt(9)) {
            case 0 -> replaced(bytes, at, end, new byte[0]);
            case 1 -> replaced(bytes, at, at, pick(WORDS).getBytes(StandardCharsets.UTF_8));
            case 2 -> replaced(bytes, at, end, pick(WORDS).getBytes(StandardCharsets.UTF_8));
            case 3 -> replaced(bytes, at, at, repeated(Arrays.copyOfRange(bytes, at, end)));
            case 4 -> replaced(bytes, at, Math.min(at + 1, bytes.length), new byte[] {(byte) random.nextInt(256)});
            case 5 -> Arrays.copyOf(bytes, at);
            case 6 -> lines(bytes);
            case 7 -> spliced(bytes, pick(seeds).getBytes(StandardCharsets.UTF_8), at);
            default -> indented(bytes, at);
        };
    }

    private byte[] repeated(byte[] slice) {
        return new String(slice, StandardCharsets.ISO_8859_1)
                .repeat(1 << random.nextInt(8))
                .getBytes(StandardCharsets.ISO_8859_1);
    }

    private byte[] lines(byte[] bytes) {
        List<String> lines = new ArrayList<>(List.of(new String(bytes, StandardCharsets.ISO_8859_1).split("\n", -1)));
        String moved = lines.remove(random.nextInt(lines.size()));
        lines.add(random.nextInt(lines.size() + 1), moved);
        return String.join("\n", lines).getBytes(StandardCharsets.ISO_8859_1);
    }

    private byte[] spliced(byte[] head, byte[] tail, int at) {
        int from = random.nextInt(tail.length + 1);
        return replaced(head, at, head.length, Arrays.copyOfRange(tail, from, tail.length));
    }

    private byte[] indented(byte[] bytes, int at) {
        for (int i = at; i < bytes.length; i++) {
            if (bytes[i] == '\n') {
                return replaced(
                        bytes, i + 1, i + 1, " ".repeat(1 + random.nextInt(4)).getBytes(StandardCharsets.UTF_8));
            }
        }
        return bytes;
    }

    private static byte[] replaced(byte[] bytes, int from, int to, byte[] by) {
        byte[] result = new byte[bytes.length - (to - from) + by.length];
        System.arraycopy(bytes, 0, result, 0, from);
        System.arraycopy(by, 0, result, from, by.length);
        System.arraycopy(bytes, to, result, from + by.length, bytes.length - to);
        return result;
    }

    private <T> T pick(List<T> list) {
        return list.get(random.nextInt(list.size()));
    }
}
