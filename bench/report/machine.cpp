#include "report/machine.hpp"

#include "server/nginx.hpp"

#include <alpaca/broker/version.hpp>

#include <curl/curl.h>
#include <httplib.h>
#include <openssl/crypto.h>
#include <sys/utsname.h>
#include <boost/version.hpp>

#include <array>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <thread>

namespace alpaca::broker::bench {
namespace {

// The value of the first "name<separator>value" line.
std::string fieldOf(const char* file, const std::string& name, char separator) {
  std::ifstream stream(file);
  for (std::string line; std::getline(stream, line);) {
    if (line.compare(0, name.size(), name) != 0) continue;
    std::string value = line.substr(line.find(separator) + 1);
    value.erase(0, value.find_first_not_of(" \""));
    value.erase(value.find_last_not_of(" \"") + 1);
    return value;
  }
  return "unknown";
}

std::string kernel() {
  utsname names{};
  return ::uname(&names) == 0 ? std::string(names.release) + " " + names.machine : "unknown";
}

std::string compiler() {
#ifdef __clang__
  return "clang " __clang_version__;
#else
  return "g++ " __VERSION__;
#endif
}

std::string boostVersion() {
  return std::to_string(BOOST_VERSION / 100000) + "." + std::to_string(BOOST_VERSION / 100 % 1000);
}

std::string firstWord(const std::string& text) { return text.substr(0, text.find(' ')); }

double loadAverage() {
  std::array<double, 1> load{};
  return ::getloadavg(load.data(), 1) == 1 ? load[0] : 0;
}

}  // namespace

Machine thisMachine() {
  Machine machine;
  machine.processor = fieldOf("/proc/cpuinfo", "model name", ':');
  machine.cores = std::thread::hardware_concurrency();
  machine.kernel = kernel();
  machine.system = fieldOf("/etc/os-release", "PRETTY_NAME", '=');
  machine.compiler = compiler();
  machine.curl = firstWord(curl_version());
  machine.openssl = OpenSSL_version(OPENSSL_VERSION_STRING);
  machine.openssl.insert(0, "OpenSSL/");
  machine.boost = boostVersion();
  machine.httplib = CPPHTTPLIB_VERSION;
  machine.nginx = Nginx::version();
  machine.sdk = kVersion;
  machine.loadBefore = loadAverage();
  return machine;
}

std::string timeOfDay() {
  const std::time_t now = std::time(nullptr);
  std::tm parts{};
  ::gmtime_r(&now, &parts);
  std::array<char, 32> text{};
  std::strftime(text.data(), text.size(), "%Y-%m-%d %H:%M UTC", &parts);
  return text.data();
}

}  // namespace alpaca::broker::bench
