// SPDX-License-Identifier: Apache-2.0
package io.theseus.release;

import io.theseus.api.Direction;
import java.net.URI;
import java.util.Objects;

/** What is to become of one bundle of the current release, outside of any release. Immutable. */
public sealed interface ApplicationChange {
    /**
     * Another version takes the place of the one that runs (OTP: {@code upgrade_app}, {@code downgrade_app}).
     *
     * @param application its symbolic name
     * @param bundle URL of the other version
     */
    record Replace(Direction direction, String application, URI bundle) implements ApplicationChange {
        public Replace {
            Objects.requireNonNull(direction, "direction");
            Objects.requireNonNull(application, "application");
            Objects.requireNonNull(bundle, "bundle");
        }
    }

    /**
     * A bundle comes that the current release does not have.
     *
     * @param bundle its URL
     */
    record Add(URI bundle) implements ApplicationChange {
        public Add {
            Objects.requireNonNull(bundle, "bundle");
        }
    }

    /**
     * A bundle that ran before Theseus came, or before it was known for an application, is brought under stable services: it becomes part of the
     * current release, as it is. In steps of its own; permanent at once.
     *
     * @param application its symbolic name
     */
    record Adopt(String application) implements ApplicationChange {
        public Adopt {
            Objects.requireNonNull(application, "application");
        }
    }

    /**
     * A bundle goes.
     *
     * @param application its symbolic name
     */
    record Remove(String application) implements ApplicationChange {
        public Remove {
            Objects.requireNonNull(application, "application");
        }
    }
}
