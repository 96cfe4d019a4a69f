// SPDX-License-Identifier: Apache-2.0
package io.theseus.benchmarks.fleet;

import java.io.IOException;

/** How the next version of a servlet comes in. */
enum Switching {
    /** As a release of Theseus, permanent at once. */
    THESEUS {
        @Override
        void begin(Front front) throws IOException {
            front.run("release:unpack " + front.release(version(0)).url());
            front.run("release:unpack " + front.release(version(1)).url());
            change(front, 0);
        }

        @Override
        void change(Front front, int number) {
            front.run("release:install --permanent fleet/" + version(number));
        }
    },
    /** As a second bundle whose servlet ranks higher on the same pattern; then the first one goes. */
    RANKING {
        @Override
        void begin(Front front) throws IOException {
            front.serves(front.install(front.bundle("1.0.0", 0)));
        }

        @Override
        void change(Front front, int number) throws IOException {
            long before = front.bundle();
            front.serves(front.install(front.bundle(number + 1 + ".0.0", number)));
            front.run("bundle:uninstall " + before);
        }
    },
    /** {@code bundle:update}: Karaf stops the bundle, replaces it and starts it. */
    UPDATE {
        @Override
        void begin(Front front) throws IOException {
            front.bundle(version(1), 0);
            front.serves(front.install(front.bundle(version(0), 0)));
        }

        @Override
        void change(Front front, int number) throws IOException {
            front.run("bundle:update " + front.bundle() + " " + front.bundle(version(number), 0));
        }
    };

    /** Brings the first version in. */
    abstract void begin(Front front) throws IOException;

    /** Brings the next one in, which is the number-th. */
    abstract void change(Front front, int number) throws IOException;

    private static String version(int number) {
        return number % 2 == 0 ? "1.0.0" : "2.0.0";
    }
}
