// SPDX-License-Identifier: Apache-2.0
package io.theseus.itests.faults;

import io.theseus.itests.made.InMemoryCompiler;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.Map;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;

/**
 * The bundle of the release handler, with another class in place of the disk it uses. That one asks the plug when there is one in this
 * JVM. Otherwise, when the file that {@code theseus.faults.halt} names says {@code 7 BEFORE}, it ends the JVM at the seventh record of the
 * journal, as {@code kill -9} would: before, in the middle of, or after writing it.
 */
public final class FaultyDisk {
    private static final String CLASS = "io.theseus.handler.internal.store.Disk$1";

    private static final String SOURCE = """
            package io.theseus.handler.internal.store;
            import java.io.*;
            import java.nio.file.*;
            import java.util.Arrays;
            import java.util.concurrent.Callable;
            import java.util.concurrent.atomic.AtomicInteger;
            import java.util.function.BiConsumer;
            final class Disk$1 implements Disk {
              private final AtomicInteger records = new AtomicInteger();
              @Override public long usable(Path folder) throws IOException {
                return at("usable", () -> Disk.super.usable(folder));
              }
              @Override public void append(Path file, byte[] bytes, boolean force) throws IOException {
                String halt = halt();
                if (halt.endsWith("BEFORE")) { Runtime.getRuntime().halt(137); }
                if (halt.endsWith("HALF")) {
                  Disk.super.append(file, Arrays.copyOf(bytes, bytes.length / 2), force);
                  Runtime.getRuntime().halt(137);
                }
                try {
                  at("append " + file.getFileName(), () -> { Disk.super.append(file, bytes, force); return 0L; });
                } catch (EOFException e) {
                  Disk.super.append(file, Arrays.copyOf(bytes, bytes.length / 2), force);
                  throw e;
                }
                if (halt.endsWith("AFTER")) { Runtime.getRuntime().halt(137); }
              }
              @Override public void replace(Path file, byte[] bytes) throws IOException {
                at("replace " + file.getFileName(), () -> { Disk.super.replace(file, bytes); return 0L; });
              }
              @Override public void move(Path from, Path to) throws IOException {
                at("move", () -> { Disk.super.move(from, to); return 0L; });
              }
              private String halt() throws IOException {
                String name = System.getProperty("theseus.faults.halt");
                if (name == null || !Files.exists(Path.of(name))) { return ""; }
                String[] words = Files.readString(Path.of(name)).strip().split(" ");
                return records.incrementAndGet() == Integer.parseInt(words[0]) ? words[1] : "";
              }
              @SuppressWarnings("unchecked")
              private static long at(String what, Callable<Long> action) throws IOException {
                Object plug = System.getProperties().get("theseus.faults");
                try {
                  if (plug == null) { return action.call(); }
                  long[] result = {0};
                  ((BiConsumer<String, Runnable>) plug).accept("Disk." + what, () -> {
                    try { result[0] = action.call(); }
                    catch (IOException e) { throw new UncheckedIOException(e); }
                    catch (Exception e) { throw new IllegalStateException(e); }
                  });
                  return result[0];
                } catch (UncheckedIOException e) { throw e.getCause(); }
                catch (IOException | RuntimeException e) { throw e; }
                catch (Exception e) { throw new IllegalStateException(e); }
              }
            }
            """;

    private FaultyDisk() {}

    /** Copies the bundle of the release handler; {@code copy} may be that bundle itself. */
    public static void copy(Path bundle, Path copy) {
        try {
            Path made = Files.createTempFile("faulty", ".jar");
            write(bundle, made);
            Files.move(made, copy, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path bundle, Path made) throws IOException {
        byte[] faulty = InMemoryCompiler.compile(Map.of(CLASS, SOURCE)).get(CLASS);
        String name = CLASS.replace('.', '/') + ".class";
        boolean replaced = false;
        try (JarFile jar = new JarFile(bundle.toFile());
                OutputStream file = Files.newOutputStream(made);
                JarOutputStream out = new JarOutputStream(file)) {
            for (Enumeration<JarEntry> entries = jar.entries(); entries.hasMoreElements(); ) {
                JarEntry entry = entries.nextElement();
                out.putNextEntry(new JarEntry(entry.getName()));
                if (entry.getName().equals(name)) {
                    out.write(faulty);
                    replaced = true;
                } else {
                    try (InputStream in = jar.getInputStream(entry)) {
                        in.transferTo(out);
                    }
                }
            }
        }
        if (!replaced) {
            throw new IllegalStateException(bundle + " has no " + CLASS + ": the seam of the store has moved");
        }
    }
}
