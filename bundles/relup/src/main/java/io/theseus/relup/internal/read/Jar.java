// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.read;

import io.theseus.release.Problem;
import io.theseus.release.RefusedException;
import java.io.ByteArrayOutputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;

/**
 * The few entries of a jar that planning wants, read from a stream under limits: what is unpacked altogether, what is kept. A jar
 * that two readers could understand differently is refused: a name twice, or one that leads out of the folder it is unpacked to.
 */
final class Jar {
    private static final long MAX_UNPACKED = 1L << 30;
    private static final int MAX_ENTRIES = 200_000;
    private static final int MAX_KEPT_ENTRY = 1 << 20;
    private static final int MAX_KEPT = 32 << 20;
    /** Absolute, of a drive, or with a segment "..", whichever slash it is written with. */
    private static final Pattern LEADS_OUT = Pattern.compile("^[/\\\\]|^[A-Za-z]:|(^|[/\\\\])\\.\\.([/\\\\]|$)");

    private final String location;
    private final Map<String, byte[]> kept = new HashMap<>();
    private final Set<String> names = new HashSet<>();
    private long unpacked;
    private int size;

    private Jar(String location) {
        this.location = location;
    }

    /** The entries that tell what a bundle is: its manifest, and everything that ends in .xml or .yaml. */
    static Map<String, byte[]> read(String location, InputStream stream) {
        Jar jar = new Jar(location);
        Tail tail = new Tail(stream);
        try {
            jar.entries(new ZipInputStream(tail));
            tail.drain();
        } catch (IOException e) {
            throw jar.refused("it can not be read as a jar: " + e.getMessage(), "fetch or build it again");
        } catch (IllegalArgumentException e) {
            throw jar.refused("an entry has a name that is no UTF-8", "build it again");
        }
        if (!tail.endsLikeZip()) {
            throw jar.refused("it is no jar, or its end is missing", "fetch or build it again");
        }
        return jar.kept;
    }

    private void entries(ZipInputStream zip) throws IOException {
        int count = 0;
        for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
            if (++count > MAX_ENTRIES) {
                throw refused("it has more than " + MAX_ENTRIES + " entries", "");
            }
            String name = entry.getName();
            check(name);
            if (wanted(name)) {
                kept.put(name, content(name, zip));
            } else {
                skip(zip);
            }
        }
    }

    private void check(String name) {
        count(name.length());
        if (LEADS_OUT.matcher(name).find()) {
            throw refused(
                    "its entry " + name + " leads out of the folder it would be unpacked to",
                    "do not use it; ask who built it");
        }
        if (!names.add(name)) {
            throw refused("it has two entries " + name, "build it again");
        }
    }

    private static boolean wanted(String name) {
        return name.equals("META-INF/MANIFEST.MF") || name.endsWith(".xml") || name.endsWith(".yaml");
    }

    private byte[] content(String name, ZipInputStream zip) throws IOException {
        ByteArrayOutputStream content = new ByteArrayOutputStream();
        byte[] buffer = new byte[8192];
        for (int n = zip.read(buffer); n >= 0; n = zip.read(buffer)) {
            count(n);
            size += n;
            if (content.size() + n > MAX_KEPT_ENTRY || size > MAX_KEPT) {
                if (name.startsWith("OSGI-INF/") || name.startsWith("META-INF/MANIFEST")) {
                    throw refused(name + " is bigger than " + MAX_KEPT_ENTRY + " bytes", "");
                }
                // some other XML, of the application itself
                size -= content.size() + n;
                skip(zip);
                return new byte[0];
            }
            content.write(buffer, 0, n);
        }
        return content.toByteArray();
    }

    private void skip(ZipInputStream zip) throws IOException {
        byte[] buffer = new byte[8192];
        for (int n = zip.read(buffer); n >= 0; n = zip.read(buffer)) {
            count(n);
        }
    }

    private void count(int bytes) {
        unpacked += bytes;
        if (unpacked > MAX_UNPACKED) {
            throw refused("it unpacks to more than " + (MAX_UNPACKED >> 20) + " MB", "");
        }
    }

    private RefusedException refused(String text, String hint) {
        return new RefusedException(new Problem("bad-bundle", location, text, hint));
    }

    /** Remembers the last bytes that went through, to see whether the end of the file is there. */
    private static final class Tail extends FilterInputStream {
        /** The end record of a zip file is 22 bytes long and may be followed by a comment of 65535. */
        private static final int LENGTH = 22 + 65_535;

        private final byte[] ring = new byte[LENGTH];
        private long total;

        Tail(InputStream in) {
            super(in);
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            int n = super.read(target, offset, length);
            for (int i = 0; i < n; i++) {
                ring[(int) (total++ % LENGTH)] = target[offset + i];
            }
            return n;
        }

        void drain() throws IOException {
            byte[] buffer = new byte[8192];
            while (read(buffer, 0, buffer.length) >= 0) {
                // only remembered
            }
        }

        boolean endsLikeZip() {
            for (long at = total - 22; at >= 0 && at >= total - LENGTH; at--) {
                int comment = at(at + 20) | at(at + 21) << 8;
                if (at(at) == 'P'
                        && at(at + 1) == 'K'
                        && at(at + 2) == 5
                        && at(at + 3) == 6
                        && at + 22 + comment == total) {
                    return true;
                }
            }
            return false;
        }

        private int at(long index) {
            return ring[(int) (index % LENGTH)] & 0xff;
        }
    }
}
