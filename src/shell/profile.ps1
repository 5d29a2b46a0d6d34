# For a PowerShell that an agent's marks are around. Nothing leads here by itself: a person's own profile sources it.
# Not tried yet.
# <marks powershell>
if ($env:AMP_CURRENT_THREAD_ID -or $env:AGENT -or $env:KILO -or $env:CODEX_THREAD_ID -or $env:CODEX_SANDBOX -or $env:CURSOR_AGENT -or $env:AUGMENT_AGENT -or $env:COPILOT_CLI -or $env:QWEN_CODE -or $env:GEMINI_CLI -or $env:ANTIGRAVITY_AGENT -or $env:OPENCODE -or $env:GOOSE_TERMINAL -or $env:GROK_AGENT -or $env:CLINE_ACTIVE -or $env:ROO_ACTIVE -or $env:CLAUDECODE -or $env:COPILOT_AGENT -or $env:AI_AGENT -or $env:OR_APP_NAME) {
# </marks>
    function global:Test-Chaperone([string] $line) {
        $agent = ''
        # <marks named_powershell>
        if (-not $agent -and ($env:AMP_CURRENT_THREAD_ID)) { $agent = 'amp' }
        if (-not $agent -and ($env:AGENT -eq 'amp')) { $agent = 'amp' }
        if (-not $agent -and ($env:KILO)) { $agent = 'kilo' }
        if (-not $agent -and ($env:CODEX_THREAD_ID)) { $agent = 'codex'; $slips = $agent }
        if (-not $agent -and ($env:CODEX_SANDBOX)) { $agent = 'codex'; $slips = $agent }
        if (-not $agent -and ($env:CURSOR_AGENT)) { $agent = 'cursor' }
        if (-not $agent -and ($env:AUGMENT_AGENT)) { $agent = 'auggie' }
        if (-not $agent -and ($env:COPILOT_CLI)) { $agent = 'copilot' }
        if (-not $agent -and ($env:QWEN_CODE)) { $agent = 'qwen' }
        if (-not $agent -and ($env:GEMINI_CLI)) { $agent = 'gemini' }
        if (-not $agent -and ($env:ANTIGRAVITY_AGENT)) { $agent = 'antigravity' }
        if (-not $agent -and ($env:OPENCODE)) { $agent = 'opencode' }
        if (-not $agent -and ($env:GOOSE_TERMINAL)) { $agent = 'goose' }
        if (-not $agent -and ($env:GROK_AGENT)) { $agent = 'grok' }
        if (-not $agent -and ($env:CLINE_ACTIVE)) { $agent = 'cline' }
        if (-not $agent -and ($env:ROO_ACTIVE)) { $agent = 'roo' }
        if (-not $agent -and ($env:CLAUDECODE)) { $agent = 'claude' }
        if (-not $agent -and ($env:COPILOT_AGENT)) { $agent = 'vscode' }
        if (-not $agent -and ($env:AI_AGENT -eq 'github_copilot_vscode_agent')) { $agent = 'vscode' }
        if (-not $agent -and ($env:OR_APP_NAME -eq 'Aider')) { $agent = 'aider' }
        if (-not $agent -and ($env:AI_AGENT)) { $agent = 'another' }
        # </marks>
        if (-not $agent -or (Test-Path (Join-Path @FOLDER@ 'off'))) { return $true }
        $wired = (Get-Content -Raw -ErrorAction SilentlyContinue (Join-Path @FOLDER@ 'wired')) -split '\s+'
        if (($wired -contains $agent) -and ($agent -ne $slips)) { return $true }
        $payload = @{
            agent = $agent; how = 'typed'; session_id = "$PID"; cwd = "$PWD"
            tool_name = 'PowerShell'; tool_input = @{ command = $line }
        } | ConvertTo-Json -Compress
        $before = $env:ELECTRON_RUN_AS_NODE, $env:NODE_OPTIONS
        $env:ELECTRON_RUN_AS_NODE = '1'; $env:NODE_OPTIONS = ''
        $payload | @ASK@ | Out-Null
        $env:ELECTRON_RUN_AS_NODE, $env:NODE_OPTIONS = $before
        return $LASTEXITCODE -eq 0
    }
    if (Get-Module PSReadLine) {
        Set-PSReadLineKeyHandler -Key Enter -ScriptBlock {
            $line = $null; $at = $null
            [Microsoft.PowerShell.PSConsoleReadLine]::GetBufferState([ref] $line, [ref] $at)
            if (-not $line.Trim() -or (Test-Chaperone $line)) {
                [Microsoft.PowerShell.PSConsoleReadLine]::AcceptLine()
            }
            else {
                [Microsoft.PowerShell.PSConsoleReadLine]::CancelLine()
            }
        }
    }
}
