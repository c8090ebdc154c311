#pragma once

#include "report/results.hpp"
#include "rows/plan.hpp"
#include "rows/rig.hpp"

#include <string>
#include <vector>

/// What is measured, one function for each part of the results. Each throws when any call fails.
namespace alpaca::broker::bench {

inline constexpr const char* kWarm = "warm cancel, 204";
inline constexpr const char* kRefusal = "warm cancel, 422";
inline constexpr const char* kCold = "cold cancel, 204";
inline constexpr const char* kAfterIdle = "after idle, 204";
inline constexpr const char* kSdkKeptWarm = "SDK, keep-warm";

/// "1000 cancels, 32 connections"
std::string batchName(std::size_t count, int connections);

Delay measureDelay(const std::string& delayProxy);
std::vector<Row> measureWarm(const Rig& rig, const Plan& plan);
std::vector<Row> measureCold(const Rig& rig, const Plan& plan);
std::vector<Row> measureAfterIdle(const Rig& rig, const Plan& plan);
std::vector<Row> measureBatches(const Rig& rig, const Plan& plan);
std::vector<Contention> measureContention(const Rig& rig, const Plan& plan);
Openings measureOpenings(const Rig& rig, const Plan& plan);
std::vector<Submit> measureSubmits(const Rig& rig);
Memory measureMemory(const Rig& rig, const Plan& plan);

}  // namespace alpaca::broker::bench
