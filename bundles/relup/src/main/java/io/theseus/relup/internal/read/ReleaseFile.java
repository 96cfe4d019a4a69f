// SPDX-License-Identifier: Apache-2.0
package io.theseus.relup.internal.read;

import io.theseus.relup.ContainerFeatures;
import io.theseus.relup.Place;
import io.theseus.relup.ReleaseDraft;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A release file of either kind: what begins with {@code <} is a feature repository. */
public final class ReleaseFile {
    private ReleaseFile() {}

    public static ReleaseDraft read(String url, byte[] content, List<String> features, ContainerFeatures container) {
        Problems problems = new Problems("bad-release-file");
        Locations locations = new Locations(url, problems);
        if (firstCharacter(content) == '<') {
            return new FeaturesFile(url, locations, problems).read(content, features, container);
        }
        if (!features.isEmpty()) {
            throw problems.fatal(
                    new Place(url, 1, 1),
                    "features are chosen, " + String.join(", ", features) + ", and this is no feature repository",
                    "leave them out: a release in YAML is taken as it is");
        }
        return new YamlReleaseFile(url, locations, problems).read(text(url, content, problems));
    }

    private static int firstCharacter(byte[] content) {
        for (byte b : content) {
            boolean byteOrderMark = b == (byte) 0xEF || b == (byte) 0xBB || b == (byte) 0xBF;
            if (!byteOrderMark && !Character.isWhitespace(b)) {
                return b;
            }
        }
        return -1;
    }

    private static String text(String url, byte[] content, Problems problems) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException e) {
            throw problems.fatal(
                    new Place(url, 1, 1),
                    "this is neither a feature repository nor YAML: it is no UTF-8 text",
                    "give the URL of a features XML or of a release YAML");
        }
    }
}
