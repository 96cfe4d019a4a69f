// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import io.theseus.port.Configurations;
import io.theseus.release.Problem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Configurations in a map. A file is one, with its content as a text. */
final class FakeConfigurations implements Configurations {
    /** What Karaf does not see though it is there. */
    final Set<String> overlooked = new HashSet<>();

    final Map<String, Map<String, Object>> all = new HashMap<>();
    final List<Problem> problems = new ArrayList<>();
    private final Log log;
    private final List<Map<String, Map<String, Object>>> before = new ArrayList<>();
    private String owner = "";

    FakeConfigurations(Log log) {
        this.log = log;
    }

    @Override
    public List<Problem> problems(String pid, Map<String, Object> properties) {
        return problems;
    }

    @Override
    public void change(String by, String pid, Map<String, Object> properties, Others others) {
        log.call("configure " + pid + " " + properties);
        before.add(Map.copyOf(all));
        owner = by;
        Map<String, Object> next = new HashMap<>(others == Others.STAY ? all.getOrDefault(pid, Map.of()) : Map.of());
        next.putAll(properties);
        all.put(pid, next);
    }

    @Override
    public boolean has(String name) {
        return all.containsKey(name);
    }

    @Override
    public boolean overlooked(String name) {
        return overlooked.contains(name);
    }

    @Override
    public void bring(String by, String name, String properties) {
        change(by, name, Map.of("text", properties), Others.GO);
    }

    @Override
    public boolean hasFile(String place) {
        return all.containsKey(place);
    }

    @Override
    public void bringFile(String by, String place, Path content) {
        try {
            change(by, place, Map.of("text", Files.readString(content)), Others.GO);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void settle() {
        before.clear();
    }

    @Override
    public int changes() {
        return before.size();
    }

    @Override
    public void giveBack(int from) {
        if (from < before.size()) {
            log.call("give configurations back");
            all.clear();
            all.putAll(before.get(from));
            before.subList(from, before.size()).clear();
        }
    }

    @Override
    public void recover(String permanent) {
        if (owner.equals(permanent)) {
            settle();
        } else {
            giveBack(0);
        }
    }
}
