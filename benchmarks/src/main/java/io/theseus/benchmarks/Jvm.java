// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Numbers of another JVM on this machine, from jcmd and /proc. */
public record Jvm(long pid) {
    private static final Pattern LOADERS = Pattern.compile("Total = (\\d+)");
    private static final Pattern METASPACE = Pattern.compile("Metaspace\\s+used (\\d+)K");
    private static final Pattern LIVE = Pattern.compile("Total\\s+\\d+\\s+(\\d+)");
    private static final Pattern THREAD = Pattern.compile("^\"(?!session-)", Pattern.MULTILINE);
    private static final Pattern RESIDENT = Pattern.compile("VmRSS:\\s+(\\d+) kB");

    /** Collects garbage twice: what the first collection unreferences, the second one frees. */
    public void collect() throws IOException {
        jcmd("GC.run");
        jcmd("GC.run");
    }

    public long classLoaders() throws IOException {
        return number(LOADERS, jcmd("VM.classloader_stats"));
    }

    public long metaspaceKilobytes() throws IOException {
        return number(METASPACE, jcmd("GC.heap_info"));
    }

    /** What is reachable: a concurrent collection, which {@link #collect} may be, leaves garbage between what lives. */
    public long liveKilobytes() throws IOException {
        return number(LIVE, jcmd("GC.class_histogram")) / 1024;
    }

    public long residentKilobytes() throws IOException {
        return number(RESIDENT, Files.readString(Path.of("/proc/" + pid + "/status")));
    }

    /** Threads, the JVM's own among them; without those of shell sessions, which Karaf keeps for a minute after each. */
    public long threads() throws IOException {
        return THREAD.matcher(jcmd("Thread.print")).results().count();
    }

    /** File descriptors that are open. */
    public long descriptors() throws IOException {
        try (Stream<Path> open = Files.list(Path.of("/proc/" + pid + "/fd"))) {
            return open.count();
        }
    }

    private String jcmd(String command) throws IOException {
        Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
        Process process = new ProcessBuilder(jcmd.toString(), Long.toString(pid), command)
                .redirectErrorStream(true)
                .start();
        return new String(process.getInputStream().readAllBytes(), UTF_8);
    }

    private static long number(Pattern pattern, String text) {
        Matcher matcher = pattern.matcher(text);
        if (!matcher.find()) {
            throw new IllegalStateException("no " + pattern + " in: " + text);
        }
        return Long.parseLong(matcher.group(1));
    }
}
