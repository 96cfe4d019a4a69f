// SPDX-License-Identifier: Apache-2.0
package io.theseus.port;

import io.theseus.release.Problem;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.osgi.annotation.versioning.ProviderType;

/**
 * Configurations of the running container and on disk, and other files that features bring. What a release changes is remembered on disk, outside {@code data/cache},
 * before it is changed, until it is settled or given back.
 *
 * <p>Thread safety: what asks whether something is there is called by many threads, everything else by one at a time.
 */
@ProviderType
public interface Configurations {
    /**
     * What stands in the way of a change; empty: nothing.
     *
     * @param properties values of YAML: String, Integer, Long, Double, Boolean, and lists of one of them
     */
    List<Problem> problems(String pid, Map<String, Object> properties);

    /**
     * Changes a configuration, or makes it.
     *
     * @param owner the release that wants it
     * @param pid a PID, or {@code factoryPid~name}
     * @throws io.theseus.release.RefusedException {@code configuration} when it can not be changed; nothing is changed then
     */
    void change(String owner, String pid, Map<String, Object> properties, Others others);

    /**
     * Whether there is a configuration that a feature brings, or its file.
     *
     * @param name a PID, or a factory PID, {@code -} or {@code ~}, and a name
     */
    boolean has(String name);

    /**
     * Whether Karaf would write over a configuration that is there, or make a second one, as soon as it requires the feature that
     * brings it: one of a factory that has neither Karaf's mark nor the file that Karaf looks for.
     *
     * @param name as of {@link #has}
     */
    boolean overlooked(String name);

    /**
     * Makes a configuration as Karaf does it for a feature.
     *
     * @param owner the release that wants it
     * @param name a PID, or a factory PID, {@code -} or {@code ~}, and a name
     * @param properties as a {@linkplain io.theseus.release.ConfigurationText text}
     * @throws io.theseus.release.RefusedException {@code configuration} when it can not be made
     */
    void bring(String owner, String name, String properties);

    /**
     * Whether a file that features bring is there.
     *
     * @param place as in {@code Features.files}
     */
    boolean hasFile(String place);

    /**
     * Brings a file as Karaf does it for a feature. If the container reads it as a configuration, it has when this returns.
     *
     * @param owner the release that wants it
     * @param place as in {@code Features.files}
     * @param content a file with the same bytes
     * @throws io.theseus.release.RefusedException {@code configuration} when it can not be written
     */
    void bringFile(String owner, String place, Path content);

    /** What was changed stays. */
    void settle();

    /** How many changes are not settled. */
    int changes();

    /**
     * What was changed is as before, but for what somebody else has changed since.
     *
     * @param from the first change that is given back; 0 for all
     */
    void giveBack(int from);

    /** After a restart: settles what this release changed, gives back everything else. */
    void recover(String owner);

    /** What becomes of the properties that a change does not name. */
    enum Others {
        STAY,
        GO
    }
}
