// SPDX-License-Identifier: Apache-2.0
package io.theseus.handler.internal;

import io.theseus.port.Configurations;
import io.theseus.release.Problem;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Configurations in a map. */
final class FakeConfigurations implements Configurations {
    final Map<String, Map<String, Object>> all = new HashMap<>();
    final List<Problem> problems = new ArrayList<>();
    private final Log log;
    private Map<String, Map<String, Object>> before = Map.of();
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
        if (owner.isEmpty()) {
            before = Map.copyOf(all);
            owner = by;
        }
        Map<String, Object> next = new HashMap<>(others == Others.STAY ? all.getOrDefault(pid, Map.of()) : Map.of());
        next.putAll(properties);
        all.put(pid, next);
    }

    @Override
    public void settle() {
        owner = "";
    }

    @Override
    public void giveBack() {
        if (!owner.isEmpty()) {
            log.call("give configurations back");
            all.clear();
            all.putAll(before);
            owner = "";
        }
    }

    @Override
    public void recover(String permanent) {
        if (owner.equals(permanent)) {
            settle();
        } else {
            giveBack();
        }
    }
}
